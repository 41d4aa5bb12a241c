package dev.argosy.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs as a user would and keeps what they say. */
public final class Program {

  /** What came out; error output after standard output. */
  public record Result(List<String> command, int exit, String out, String err) {

    /** Standard output of a command that must work. */
    public String orFail() {
      if (exit != 0) {
        throw new AssertionError(command + " ended with " + exit + "\n" + out + err);
      }
      return out;
    }

    public boolean ok() {
      return exit == 0;
    }

    public String all() {
      return out + err;
    }
  }

  private Program() {}

  public static Result run(
      List<String> command, Map<String, String> environment, String input, Duration limit) {
    try {
      Path out = Files.createTempFile("e2e", ".out");
      Path err = Files.createTempFile("e2e", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
          stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
          // the program did not want its input
        }
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError(
              command
                  + " took over "
                  + limit
                  + "\n"
                  + Files.readString(out)
                  + Files.readString(err));
        }
        return new Result(
            command, process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new AssertionError(command.getFirst() + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
