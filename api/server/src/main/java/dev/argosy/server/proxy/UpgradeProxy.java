package dev.argosy.server.proxy;

import dev.argosy.server.dial.Connection;
import dev.argosy.server.upgrade.Upgrade;
import dev.argosy.server.upgrade.UpgradedConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;

/** A request to leave HTTP: if the backend agrees, bytes pass both ways until either side ends. */
final class UpgradeProxy {

  private static final int SWITCHING = HttpServletResponse.SC_SWITCHING_PROTOCOLS;

  private final HttpServletRequest request;
  private final HttpServletResponse response;

  UpgradeProxy(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  void run(Backend backend, ProxyPath path) throws IOException {
    Connection connection = open(backend);
    boolean handedOver = false;
    try {
      InputStream in = new BufferedInputStream(connection.input(), 32 * 1024);
      ReplyHead head = ask(connection, path, in);
      Links links = new Links(path.prefix(), backend.host(), "");
      if (head.code() == SWITCHING) {
        new Reply(head, links, response).copyHeaders(Set.of("content-length"));
        Upgrade.to(
            head.first("Upgrade"), request, response, client -> converse(client, connection, in));
        handedOver = true;
      } else if (head.code() >= 400) {
        new Reply(head, links, response).send(in, false);
      } else {
        throw Failures.notUpgraded(head.code()).asException();
      }
    } finally {
      if (!handedOver) {
        connection.close();
      }
    }
  }

  private static Connection open(Backend backend) {
    try {
      Connection plain = backend.line().open();
      return backend.secure() ? Tls.over(plain) : plain;
    } catch (IOException e) {
      throw Failures.undialled(String.valueOf(e.getMessage())).asException();
    }
  }

  private ReplyHead ask(Connection connection, ProxyPath path, InputStream in) {
    try {
      connection.output().write(new RequestHead(request, path).upgrade());
      connection.output().flush();
      return ReplyHead.read(in);
    } catch (IOException e) {
      throw Failures.undialled(String.valueOf(e.getMessage())).asException();
    }
  }

  private static void converse(UpgradedConnection client, Connection backend, InputStream said)
      throws IOException {
    try (backend) {
      Thread.ofVirtual().name("proxy-client").start(() -> listen(client, backend));
      copy(said, client.output());
    } finally {
      client.close();
    }
  }

  private static void listen(UpgradedConnection client, Connection backend) {
    try (backend) {
      copy(client.input(), backend.output());
    } catch (IOException e) {
      client.close(); // either side's end is the end
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[32 * 1024];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      to.flush();
    }
  }
}
