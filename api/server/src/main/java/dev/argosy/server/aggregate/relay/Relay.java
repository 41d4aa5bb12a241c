package dev.argosy.server.aggregate.relay;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.upgrade.Upgrade;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Leads a client's request on to an API server of its cluster, and the answer back. Redirects are
 * not followed and not passed on.
 */
public final class Relay {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Upgraded connections live as long as both ends want; only silence of the client ends them. */
  private static final Duration NO_END = Duration.ofDays(30);

  private static final int CHUNK = 16 * 1024;

  private final RemoteLines lines;

  public Relay(RemoteLines lines) {
    this.lines = lines;
  }

  /**
   * What is led on.
   *
   * @param path decoded, without the cluster's prefix
   * @param auditId by which both servers' audit trails know the request
   * @param streaming whether the answer may begin long before there is anything to tell
   * @param time for all of it
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
    SentBody body =
        upgrade
            ? SentBody.none()
            : SentBody.of(request.getContentLengthLong(), request.getInputStream());
    RequestHead head = head(server, forward, request, body, upgrade);
    Line line;
    try {
      line = lines.open(server, upgrade ? NO_END : forward.time());
    } catch (IOException e) {
      throw RemoteFailure.status(e);
    }
    boolean handedOver = false;
    try {
      handedOver = exchange(line, new Said(head, body, forward.streaming()), request, response);
    } finally {
      if (!handedOver) {
        line.close();
      }
    }
  }

  private static RequestHead head(
      RemoteServer server,
      Forward forward,
      HttpServletRequest request,
      SentBody body,
      boolean upgrade) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", server.authority()));
    Set<String> taken = HeaderRules.named(Collections.list(request.getHeaders("Connection")));
    for (String name : Collections.list(request.getHeaderNames())) {
      String key = Header.key(name);
      if (HeaderRules.sent(key) && !taken.contains(key)) {
        Collections.list(request.getHeaders(name))
            .forEach(value -> headers.add(new Header(name, value)));
      }
    }
    headers.addAll(UserHeaders.of(forward.user()));
    headers.add(new Header("Audit-ID", forward.auditId()));
    headers.add(new Header("X-Forwarded-For", request.getRemoteAddr()));
    headers.addAll(body.framing(request.getMethod()));
    if (upgrade) {
      headers.add(new Header("Connection", "Upgrade"));
      Collections.list(request.getHeaders("Upgrade"))
          .forEach(value -> headers.add(new Header("Upgrade", value)));
    } else {
      headers.add(new Header("Connection", "close"));
    }
    return new RequestHead(
        request.getMethod(), Target.of(forward.path(), request.getQueryString()), headers);
  }

  private record Said(RequestHead head, SentBody body, boolean streaming) {}

  /** Whether the line now belongs to a conversation. */
  private static boolean exchange(
      Line line, Said said, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ReplyHead reply;
    ReplyBody content;
    byte[] first = new byte[CHUNK];
    int read;
    try {
      send(line, said.head(), said.body());
      reply = ReplyHead.read(line.input());
      if (reply.code() == HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
        return Switched.begin(line, reply, request, response);
      }
      content = ReplyBody.of(said.head().method(), reply, line.input());
      read = said.streaming() ? 0 : content.read(first);
    } catch (IOException e) {
      throw RemoteFailure.status(line.deadline().passed() ? new LateException() : e);
    }
    if (reply.code() >= 300 && reply.code() < 400 && reply.first("Location").isPresent()) {
      Answers.text(
          response,
          HttpServletResponse.SC_BAD_GATEWAY,
          "the backend attempted to redirect this request, which is not permitted");
      return false;
    }
    answer(reply, said.head().method(), response);
    copy(line, content, first, read, response);
    return false;
  }

  /** A server may answer and hang up before it has read everything. */
  private static void send(Line line, RequestHead head, SentBody body) throws IOException {
    line.output().write(head.bytes());
    try {
      body.writeTo(line.output());
      line.output().flush();
    } catch (IOException e) {
      if (line.input().available() == 0) {
        throw e;
      }
    }
  }

  private static void answer(ReplyHead reply, String method, HttpServletResponse response) {
    response.setStatus(reply.code());
    Set<String> taken = HeaderRules.named(reply.all("Connection"));
    for (Header header : reply.headers()) {
      String key = header.key();
      if (!HeaderRules.returned(key) || taken.contains(key)) {
        continue;
      }
      if (key.equals("cache-control") || key.equals("content-type")) {
        response.setHeader(header.name(), header.value());
      } else {
        response.addHeader(header.name(), header.value());
      }
    }
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "sandbox");
    reply
        .first("Content-Length")
        .filter(length -> reply.first("Transfer-Encoding").isEmpty() || method.equals("HEAD"))
        .ifPresent(length -> response.setHeader("Content-Length", length));
  }

  private static void copy(
      Line line, ReplyBody content, byte[] chunk, int begun, HttpServletResponse response)
      throws IOException {
    OutputStream out = response.getOutputStream();
    int read = begun;
    if (begun == 0) {
      response.flushBuffer();
      read = next(line, content, chunk, response);
    }
    while (read >= 0) {
      out.write(chunk, 0, read);
      if (content.available() == 0) {
        response.flushBuffer();
      }
      read = next(line, content, chunk, response);
    }
  }

  /** What was begun cannot be taken back; who receives it must see that it is not whole. */
  private static int next(Line line, ReplyBody content, byte[] chunk, HttpServletResponse response)
      throws IOException {
    try {
      return content.read(chunk);
    } catch (IOException e) {
      response.flushBuffer();
      throw RemoteFailure.status(line.deadline().passed() ? new LateException() : e);
    }
  }

  /** Whether a request may go on for as long as it likes, as Kubernetes sees it. */
  public static boolean longRunning(String verb, String subresource) {
    return verb.equals("watch")
        || Set.of("attach", "exec", "log", "portforward", "proxy")
            .contains(subresource.toLowerCase(Locale.ROOT));
  }
}
