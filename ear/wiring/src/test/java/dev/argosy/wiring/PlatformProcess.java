package dev.argosy.wiring;

import dev.argosy.server.testing.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole server in a process of its own, of this build or of an earlier one, that can be killed.
 */
final class PlatformProcess implements AutoCloseable {

  private static final Path SOURCE =
      Path.of("src/test/java/dev/argosy/wiring/PlatformMain.java").toAbsolutePath();

  private final Process process;
  private final URI address;

  private PlatformProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param build the class path of another build; this one if empty
   * @param log takes what it says
   */
  static PlatformProcess start(Optional<String> build, Map<String, String> settings, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-Xmx640m", "-XX:+UseSerialGC", "-cp"));
    command.add(build.orElse(System.getProperty("java.class.path")));
    command.add(build.isPresent() ? SOURCE.toString() : PlatformMain.class.getName());
    settings.forEach((key, value) -> command.add(key + "=" + value));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      return new PlatformProcess(process, address(process));
    } catch (IOException e) {
      process.destroyForcibly();
      throw new IOException("it did not start; see " + log, e);
    }
  }

  private static URI address(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(PlatformMain.READY)) {
        return URI.create(line.substring(PlatformMain.READY.length()));
      }
    }
    throw new IOException("the server has ended");
  }

  TestClient as(String token) {
    return new TestClient(address, token);
  }

  /** Stops it where it is, as a machine that sleeps does; everything it has is still there. */
  void sleep() throws Exception {
    signal("STOP");
  }

  /** It goes on as if no time had passed. */
  void wake() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill -" + name + " ended with " + code);
    }
  }

  /** Ends it with SIGKILL, and waits until it is no more. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
