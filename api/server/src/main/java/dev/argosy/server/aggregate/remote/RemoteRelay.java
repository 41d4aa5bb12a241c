package dev.argosy.server.aggregate.remote;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.relay.Exchange;
import dev.argosy.server.relay.Header;
import dev.argosy.server.relay.HopHeaders;
import dev.argosy.server.relay.LateException;
import dev.argosy.server.relay.Line;
import dev.argosy.server.relay.RelayFailure;
import dev.argosy.server.relay.ReplyHead;
import dev.argosy.server.relay.RequestHead;
import dev.argosy.server.relay.Upload;
import dev.argosy.server.upgrade.Upgrade;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Leads a client's request on to an API server of its cluster, and the answer back. Redirects are
 * not followed and not passed on.
 */
public final class RemoteRelay {

  /** No longer than what our own front can send on. */
  static final int MOST_HEAD = 7 * 1024;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS");

  private final RemoteLines lines;

  public RemoteRelay(RemoteLines lines) {
    this.lines = lines;
  }

  /**
   * What is led on.
   *
   * @param path decoded, without the cluster's prefix
   * @param auditId by which both servers' audit trails know the request
   * @param streaming whether the answer may begin long before there is anything to tell
   * @param time for all of it; of an upgrade, for its beginning
   */
  public record Forward(
      UserInfo user, String path, String auditId, boolean streaming, Duration time) {}

  /**
   * Serves the whole exchange; returns when it is over, or when an upgrade has begun.
   *
   * @throws dev.argosy.model.status.StatusException if the server cannot be reached, or breaks off
   */
  public void serve(
      RemoteServer server,
      Forward forward,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!METHODS.contains(request.getMethod())) {
      Answers.text(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "method not allowed");
      return;
    }
    boolean upgrade = Upgrade.wanted(request);
    Upload body = upgrade ? Upload.none() : Upload.of(request);
    RequestHead head = head(server, forward, request, body, upgrade);
    try (Exchange exchange = asked(server, forward, head, body)) {
      ReplyHead reply = exchange.reply();
      if (exchange.switching()) {
        copyHeaders(reply, response);
        exchange.converse(request, response);
      } else if (redirects(reply)) {
        Answers.text(
            response,
            HttpServletResponse.SC_BAD_GATEWAY,
            "the backend attempted to redirect this request, which is not permitted");
      } else {
        exchange.answer(
            response,
            (ignored, content) -> {
              begin(reply, head.method(), response);
              content.sendTo(response);
            });
      }
    }
  }

  private static RequestHead head(
      RemoteServer server,
      Forward forward,
      HttpServletRequest request,
      Upload body,
      boolean upgrade) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", server.authority()));
    HopHeaders.without(request).stream()
        .filter(header -> HeaderRules.sent(header.key()))
        .forEach(headers::add);
    headers.addAll(UserHeaders.of(forward.user()));
    headers.add(new Header("Audit-ID", forward.auditId()));
    headers.add(new Header("X-Forwarded-For", request.getRemoteAddr()));
    headers.addAll(body.framing(request.getMethod()));
    if (upgrade) {
      headers.add(new Header("Connection", "Upgrade"));
      Collections.list(request.getHeaders("Upgrade"))
          .forEach(value -> headers.add(new Header("Upgrade", value)));
    }
    return new RequestHead(
        request.getMethod(), Target.of(forward.path(), request.getQueryString()), headers);
  }

  private Exchange asked(RemoteServer server, Forward forward, RequestHead head, Upload body) {
    try {
      Optional<Exchange> again =
          REPEATABLE.contains(head.method()) && body.empty()
              ? askedAgain(server, forward, head)
              : Optional.empty();
      return again.isPresent()
          ? again.get()
          : ask(lines.open(server, forward.time()), forward, head, body);
    } catch (IOException e) {
      throw RelayFailure.status(e);
    }
  }

  /**
   * Over a connection that served a request before. Only for requests that can be sent once more,
   * since it cannot be known whether the server heard it before it hung up.
   */
  private Optional<Exchange> askedAgain(RemoteServer server, Forward forward, RequestHead head)
      throws IOException {
    Optional<Line> idle = lines.idle(server, forward.time());
    if (idle.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ask(idle.get(), forward, head, Upload.none()));
    } catch (LateException e) {
      throw e;
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A failure before the client got anything can still be told. */
  private static Exchange ask(Line line, Forward forward, RequestHead head, Upload body)
      throws IOException {
    Exchange exchange = new Exchange(line, head, body);
    boolean answered = false;
    try {
      exchange.ask(MOST_HEAD);
      if (!forward.streaming() && !exchange.switching()) {
        exchange.awaitBody();
      }
      answered = true;
      return exchange;
    } finally {
      if (!answered) {
        exchange.close();
      }
    }
  }

  private static boolean redirects(ReplyHead reply) {
    return reply.code() >= 300 && reply.code() < 400 && reply.first("Location").isPresent();
  }

  private static void begin(ReplyHead reply, String method, HttpServletResponse response) {
    response.setStatus(reply.code());
    copyHeaders(reply, response);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "sandbox");
    reply.length(method).ifPresent(length -> response.setHeader("Content-Length", length));
  }

  private static void copyHeaders(ReplyHead reply, HttpServletResponse response) {
    for (Header header : HopHeaders.without(reply)) {
      String key = header.key();
      if (key.equals("cache-control") || key.equals("content-type")) {
        response.setHeader(header.name(), header.value());
      } else if (HeaderRules.returned(key)) {
        response.addHeader(header.name(), header.value());
      }
    }
  }

  /** Whether a request may go on for as long as it likes, as Kubernetes sees it. */
  public static boolean longRunning(String verb, String subresource) {
    return verb.equals("watch")
        || Set.of("attach", "exec", "log", "portforward", "proxy")
            .contains(subresource.toLowerCase(Locale.ROOT));
  }
}
