package dev.argosy.e2e;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that goes on while the test looks at what it says; ended with it. */
public final class Background implements AutoCloseable {

  private final Process process;
  private final BufferedWriter input;
  private final Path output;

  private Background(Process process, Path output) {
    this.process = process;
    this.input = process.outputWriter();
    this.output = output;
  }

  public static Background kubectl(Space space, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(space.kubectl().binary().toString());
    command.addAll(List.of("--namespace", space.name()));
    command.addAll(List.of(arguments));
    return program(command, Map.of("KUBECONFIG", space.kubectl().kubeconfig().toString()));
  }

  public static Background program(List<String> command, Map<String, String> environment) {
    try {
      Path output = Files.createTempFile("e2e", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      return new Background(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void type(String text) {
    try {
      input.write(text);
      input.flush();
    } catch (IOException e) {
      throw new AssertionError("it reads no more; it said: " + said(), e);
    }
  }

  /** Everything said so far, errors included. */
  public String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void until(Duration limit, String text) {
    Eventually.until(limit, this::said, said -> said.contains(text));
  }

  /** Waits until the pattern is found, and gives its first group. */
  public String find(Duration limit, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    String said = Eventually.until(limit, this::said, text -> compiled.matcher(text).find());
    Matcher matcher = compiled.matcher(said);
    matcher.find();
    return matcher.group(1);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
