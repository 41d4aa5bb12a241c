package dev.argosy.server.testing;

import dev.argosy.store.etcd.EtcdConfig;
import dev.argosy.store.etcd.EtcdStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A {@link TestServer} on an etcd, in a process of its own, that can be ended like any other. */
public final class ServerProcess implements AutoCloseable {

  private static final String READY = "listening on ";

  private final Process process;
  private final TestClient client;

  private ServerProcess(Process process, TestClient client) {
    this.process = process;
    this.client = client;
  }

  /** Starts one and waits until it listens. */
  public static ServerProcess start(URI etcd) {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ServerProcess.class.getName(),
            etcd.toString());
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new ServerProcess(process, client(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestClient client(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return new TestClient(URI.create(line.substring(READY.length())), FakeAccess.ADMIN_TOKEN);
      }
    }
    throw new IOException("the server has ended");
  }

  public TestClient client() {
    return client;
  }

  /** Ends it with SIGKILL, and waits until it is no more. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** Serves until nobody holds the other end of its input any more. */
  public static void main(String[] arguments) throws IOException {
    EtcdStore store = new EtcdStore(EtcdConfig.of(URI.create(arguments[0])));
    try (TestServer server = TestServer.on(store, Map.of(), parts -> {})) {
      System.out.println(READY + server.server.localUri());
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
