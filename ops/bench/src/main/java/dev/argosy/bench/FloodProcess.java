package dev.argosy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Flood} in a process of its own. Used by one thread. */
final class FloodProcess implements AutoCloseable {

  /** What the tokens of its users begin with; a number follows. */
  static final String TOKENS = "loud-";

  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;

  /** What happened to its requests so far. */
  record Count(long lists, long refusals) {}

  private FloodProcess(Process process) {
    this.process = process;
    this.in = process.inputReader(UTF_8);
    this.out = process.outputWriter(UTF_8);
  }

  /**
   * Returns when all of it is under way.
   *
   * @param yields whether it leaves the processors to others
   */
  static FloodProcess start(URI list, boolean yields) throws IOException {
    List<String> command = new ArrayList<>(yields ? BusyLoops.YIELDING : List.of());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-Djdk.internal.httpclient.disableHostnameVerification"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Flood.class.getName()));
    command.addAll(List.of(list.toString(), TOKENS));
    FloodProcess flood =
        new FloodProcess(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    flood.read();
    return flood;
  }

  Count count() throws IOException {
    out.write('\n');
    out.flush();
    return read();
  }

  private Count read() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the flood has ended");
    }
    String[] parts = line.split(" ", 2);
    return new Count(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
