package dev.argosy.server.proxy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.relay.Deadline;
import dev.argosy.server.relay.Exchange;
import dev.argosy.server.relay.Line;
import dev.argosy.server.relay.RelayFailure;
import dev.argosy.server.relay.ReplyHead;
import dev.argosy.server.relay.RequestHead;
import dev.argosy.server.relay.Upload;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.upgrade.Upgrade;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;

/** A subresource {@code proxy}: hands requests of every method on, upgrades included. */
final class ProxyConnector implements Connector {

  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

  private static final int MOST_HEAD = 256 * 1024;

  private final Backends backends;

  ProxyConnector(Backends backends) {
    this.backends = backends;
  }

  @Override
  public void connect(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!METHODS.contains(request.getMethod())) {
      throw Status.methodNotAllowed().asException();
    }
    Backend backend = backends.find(info, cluster);
    ProxyPath path = ProxyPath.of(info, request.getRequestURI());
    if (Upgrade.wanted(request) && !Upgrade.wanted(request, "h2c")) {
      upgrade(backend, path, request, response);
    } else if (path.rest().isEmpty() && Set.of("GET", "HEAD").contains(request.getMethod())) {
      redirect(path, request, response);
    } else {
      handOn(backend, path, request, response);
    }
  }

  /** So that relative links of the first page lead somewhere. */
  private static void redirect(
      ProxyPath path, HttpServletRequest request, HttpServletResponse response) {
    String query = request.getQueryString();
    response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
    response.setHeader("Location", path.prefix() + "/" + (query == null ? "" : "?" + query));
  }

  private static void handOn(
      Backend backend, ProxyPath path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Upload upload = Upload.of(request);
    RequestHead head = new BackendRequest(request, path).plain(upload);
    try (Exchange exchange = new Exchange(open(backend, Failures::unreachable), head, upload)) {
      ask(exchange, Failures::unreachable);
      pass(exchange, new Links(path.prefix(), backend.host(), host(request)), request, response);
    }
  }

  private static String host(HttpServletRequest request) {
    String host = request.getHeader("Host");
    return host == null ? "" : host;
  }

  /** If the backend agrees, bytes pass both ways until either side ends. */
  private static void upgrade(
      Backend backend, ProxyPath path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RequestHead head = new BackendRequest(request, path).upgrade();
    Line line = open(backend, Failures::undialled);
    try (Exchange exchange = new Exchange(line, head, Upload.none())) {
      ReplyHead reply = ask(exchange, Failures::undialled);
      Links links = new Links(path.prefix(), backend.host(), "");
      if (exchange.switching()) {
        new Reply(reply, links, response).copyHeaders();
        exchange.converse(request, response);
      } else if (reply.code() >= 400) {
        pass(exchange, links, request, response);
      } else {
        throw Failures.notUpgraded(reply.code()).asException();
      }
    }
  }

  private static void pass(
      Exchange exchange, Links links, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    exchange.answer(
        response, (head, body) -> new Reply(head, links, response).send(body, request.getMethod()));
  }

  private static Line open(Backend backend, Function<String, Status> refusal) {
    try {
      return Line.once(backend.open(), Deadline.never());
    } catch (IOException e) {
      throw refusal.apply(RelayFailure.words(e)).asException();
    }
  }

  private static ReplyHead ask(Exchange exchange, Function<String, Status> refusal) {
    try {
      return exchange.ask(MOST_HEAD);
    } catch (IOException e) {
      throw refusal.apply(RelayFailure.words(e)).asException();
    }
  }
}
