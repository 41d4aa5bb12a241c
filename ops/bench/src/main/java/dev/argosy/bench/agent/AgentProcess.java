package dev.argosy.bench.agent;

import dev.argosy.bench.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An agent that runs, and what the kernel says of it. */
final class AgentProcess implements AutoCloseable {

  private static final double TICKS_PER_SECOND = 100;
  private static final int LIMIT_SECONDS = 90;

  private final Process process;
  private final Path log;

  private AgentProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param command the program with its first options
   */
  static AgentProcess start(
      List<String> command, AgentPlatform platform, String engine, Path folder) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(platform.options());
    all.addAll(List.of("--docker", engine, "--data", folder.resolve("node").toString()));
    all.addAll(List.of("--node-ip", "127.0.0.1", "--pod-cidr", "10.244.7.0/24"));
    Path log = folder.resolve("agent.log");
    ProcessBuilder start = new ProcessBuilder(all).redirectErrorStream(true);
    start.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
    return new AgentProcess(start.redirectOutput(log.toFile()).start(), log);
  }

  /** Looks every five milliseconds until it is so, and tells the milliseconds that took. */
  double until(String what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (!process.isAlive() || System.nanoTime() - start > LIMIT_SECONDS * 1e9) {
        throw new Unavailable("not " + what + ": " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /** MiB of a line of its status: {@code VmRSS}, {@code RssAnon}, {@code RssFile}. */
  double mebibytes(String line) throws IOException {
    return number("status", line) / 1024.0;
  }

  int threads() throws IOException {
    return (int) number("status", "Threads");
  }

  private long number(String file, String name) throws IOException {
    for (String line : Files.readAllLines(proc(file))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  long openFiles() throws IOException {
    try (Stream<Path> open = Files.list(proc("fd"))) {
      return open.count();
    }
  }

  /** Ends it at once, as {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Percent of one processor during the next seconds. */
  double processor(int seconds) throws IOException, InterruptedException {
    double before = cpuSeconds();
    TimeUnit.SECONDS.sleep(seconds);
    return (cpuSeconds() - before) / seconds * 100;
  }

  /** Of the processors' time, what it has had since it began. */
  double cpuSeconds() throws IOException {
    String line = Files.readString(proc("stat"));
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  /** Asks it to end, and waits. */
  int stop() throws InterruptedException, Unavailable {
    process.destroy();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new Unavailable("the agent did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException, Unavailable {
    stop();
  }
}
