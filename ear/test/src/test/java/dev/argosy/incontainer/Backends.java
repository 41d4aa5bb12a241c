package dev.argosy.incontainer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * PostgreSQL, etcd and keys, and a server folder whose settings point to them: there before the
 * first test, gone after the last. JUnit finds it as a service, on this side of the server only.
 */
public final class Backends implements LauncherSessionListener {

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private @Nullable EmbeddedPostgres postgres;
  private @Nullable Process etcd;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    try {
      Path work = Files.createTempDirectory("argosy-in-container");
      EmbeddedPostgres database = EmbeddedPostgres.start();
      postgres = database;
      int[] ports = freePorts();
      int etcdPort = ports[0];
      etcd = etcd(work, etcdPort, ports[1]);
      makeKeys(work);
      prepareServer(work, database, etcdPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    try {
      if (etcd != null) {
        etcd.destroy();
        etcd.waitFor();
      }
      if (postgres != null) {
        postgres.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
        argosy.oidc.issuer=http://127.0.0.1:1/nobody-logs-in-here
        """
            .formatted(work.resolve("pki"), postgres.getJdbcUrl("postgres", "postgres"), etcdPort));
    Path server = TARGET.resolve("liberty/wlp/usr/servers/in-container-test");
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

  /** Two; taken at a time, or they may be the same. */
  private static int[] freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket other = new ServerSocket(0)) {
      return new int[] {one.getLocalPort(), other.getLocalPort()};
    }
  }
}
