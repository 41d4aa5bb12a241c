package dev.argosy.server.proxy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.dial.Connection;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.upgrade.Upgrade;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** A subresource {@code proxy}: hands requests of every method on, upgrades included. */
final class ProxyConnector implements Connector {

  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

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
      throw Status.of(
              Reason.METHOD_NOT_ALLOWED,
              "the server does not allow this method on the requested resource")
          .asException();
    }
    Backend backend = backends.find(info, cluster);
    ProxyPath path = ProxyPath.of(info, request.getRequestURI());
    if (Upgrade.wanted(request) && !Upgrade.wanted(request, "h2c")) {
      new UpgradeProxy(request, response).run(backend, path);
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
    String length = Upload.length(request);
    try (Connection connection = open(backend)) {
      Upload upload = new Upload(request.getInputStream(), connection.output(), length);
      InputStream in = new BufferedInputStream(connection.input(), 32 * 1024);
      ReplyHead head = ask(connection, new RequestHead(request, path).plain(length), upload, in);
      Links links = new Links(path.prefix(), backend.host(), host(request));
      try {
        new Reply(head, links, response).send(in, request.getMethod().equals("HEAD"));
      } finally {
        connection.close();
        upload.await();
      }
    }
  }

  private static String host(HttpServletRequest request) {
    String host = request.getHeader("Host");
    return host == null ? "" : host;
  }

  private static Connection open(Backend backend) {
    try {
      Connection plain = backend.line().open();
      return backend.secure() ? Tls.over(plain) : plain;
    } catch (IOException e) {
      throw Failures.unreachable(String.valueOf(e.getMessage())).asException();
    }
  }

  private static ReplyHead ask(Connection connection, byte[] head, Upload upload, InputStream in) {
    boolean begun = false;
    try {
      connection.output().write(head);
      connection.output().flush();
      upload.start();
      begun = true;
      return ReplyHead.read(in);
    } catch (IOException e) {
      close(connection);
      if (begun) {
        upload.await();
      }
      throw Failures.unreachable(String.valueOf(e.getMessage())).asException();
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // it is given up
    }
  }
}
