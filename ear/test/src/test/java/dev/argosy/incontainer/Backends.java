package dev.argosy.incontainer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** PostgreSQL, etcd and keys, and a server folder whose settings point to them. */
final class Backends implements BeforeAllCallback {

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  /** Stopped by JUnit when all tests are done, after the container. */
  private record Running(EmbeddedPostgres postgres, Process etcd) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      etcd.destroy();
      etcd.waitFor();
      postgres.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(Backends.class))
        .getOrComputeIfAbsent(Running.class, key -> start());
  }

  private static Running start() {
    try {
      Path work = Files.createTempDirectory("argosy-in-container");
      EmbeddedPostgres postgres = EmbeddedPostgres.start();
      int etcdPort = freePort();
      Process etcd = etcd(work, etcdPort, freePort());
      makeKeys(work);
      prepareServer(work, postgres, etcdPort);
      return new Running(postgres, etcd);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Process etcd(Path work, int port, int peerPort) throws IOException {
    String client = "http://127.0.0.1:" + port;
    String peer = "http://127.0.0.1:" + peerPort;
    return new ProcessBuilder(
            List.of(
                "etcd",
                "--data-dir=" + work.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer))
        .redirectErrorStream(true)
        .redirectOutput(work.resolve("etcd.log").toFile())
        .start();
  }

  /** The keys as ops/up makes them. */
  private static void makeKeys(Path work) throws IOException {
    Path lib = Path.of("..", "..", "ops", "lib").toAbsolutePath().normalize();
    String script =
        "set -eu; for part in say options process secrets pki; do . '"
            + lib
            + "'/$part.sh; done; data='"
            + work
            + "'; settle_folders; make_pki";
    try {
      Process process = new ProcessBuilder("bash", "-c", script).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new AssertionError("no keys could be made");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void prepareServer(Path work, EmbeddedPostgres postgres, int etcdPort)
      throws IOException {
    Path settings = work.resolve("server.properties");
    Files.writeString(
        settings,
        """
        argosy.api.host=127.0.0.1
        argosy.api.port=0
        argosy.pki.folder=%s
        argosy.database.url=%s
        argosy.database.user=postgres
        argosy.etcd.endpoints=http://127.0.0.1:%d
        """
            .formatted(work.resolve("pki"), postgres.getJdbcUrl("postgres", "postgres"), etcdPort));
    Path server = TARGET.resolve("liberty/wlp/usr/servers/argosy");
    Files.createDirectories(server.resolve("dropins"));
    Files.writeString(server.resolve("jvm.options"), "-Dargosy.config=" + settings + "\n");
    Files.writeString(
        server.resolve("server.xml"),
        """
        <server>
          <featureManager>
            <feature>servlet-6.1</feature>
            <feature>websocket-2.2</feature>
            <feature>cdi-4.1</feature>
            <feature>concurrent-3.1</feature>
            <feature>persistenceContainer-3.2</feature>
            <feature>mpHealth-4.0</feature>
            <feature>localConnector-1.0</feature>
          </featureManager>
          <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="29080" httpsPort="-1"/>
          <applicationManager autoExpand="false" startTimeout="120s"/>
        </server>
        """);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
