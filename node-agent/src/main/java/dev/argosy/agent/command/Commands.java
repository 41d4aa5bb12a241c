package dev.argosy.agent.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One process, run to its end. */
public final class Commands {

  /**
   * How it went.
   *
   * @param output both outputs, stripped
   */
  public record Outcome(int code, String output) {
    public boolean ok() {
      return code == 0;
    }
  }

  private Commands() {}

  public static Outcome run(List<String> command) {
    return run(command, "");
  }

  /** Runs a program with a text as its input; a program that is not there counts as code 127. */
  public static Outcome run(List<String> command, String input) {
    return run(command, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  /** The same with the bytes of a stream, of a program that says little before it has them. */
  public static Outcome run(List<String> command, InputStream input) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        input.transferTo(in);
      } catch (IOException endedBeforeReading) {
        // its exit code tells
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output.strip());
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(130, "interrupted");
    }
  }
}
