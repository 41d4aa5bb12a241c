package dev.argosy.bench.agent;

import dev.argosy.bench.Benchmark;
import dev.argosy.bench.Delays;
import dev.argosy.bench.Result;
import dev.argosy.bench.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * How much logs, commands and copies carry through the API, the tunnel and the agent, against the
 * same container by the engine itself, in turns; medians.
 *
 * <p>Settings, by environment, besides {@code BENCH_AGENT}: {@code DOCKER_HOST} (a real engine,
 * needed), {@code BENCH_IMAGE} (with a shell, {@code head}, {@code cat} and {@code tar}), {@code
 * BENCH_STREAM_MIB} (64), {@code BENCH_STREAM_ROUNDS} (5).
 */
public final class AgentStreams implements Benchmark {

  private static final String POD = "streams";
  private static final int MIB = 1 << 20;
  private static final int QUICK = 20;

  /** Less than is kept of a log, with what the engine writes around each line. */
  private static final int LOG_MIB = 16;

  private final Settings settings;

  public AgentStreams(Map<String, String> environment) {
    this.settings = new Settings(environment);
  }

  @Override
  public int limitSeconds() {
    return 900;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    settings.command();
    if (settings.played()) {
      throw new Unavailable(
          "a played engine has no containers: say in DOCKER_HOST where a real one is, and in"
              + " BENCH_IMAGE which of its images has sh, head, cat and tar");
    }
    Path folder = Files.createTempDirectory("argosy-streams");
    try (AgentPlatform platform = AgentPlatform.withTunnel(folder);
        PlayedEngine played = PlayedEngine.start(folder.resolve("engine.sock"))) {
      String engine = settings.engine(played);
      try (AgentProcess agent = AgentProcess.start(settings.command(), platform, engine, folder)) {
        agent.until("ready", platform::ready);
        platform.pod(POD, settings.image(), true);
        agent.until("running", () -> platform.running(POD));
        agent.until("reachable", platform::tunneled);
        EngineStreams direct = EngineStreams.of(engine, AgentPlatform.NODE);
        measure(direct, platform.streams(POD), out);
        platform.end(POD);
        agent.until("cleared away", () -> direct.clearedOf(AgentPlatform.NODE));
      }
    } finally {
      Rehearsal.remove(folder);
    }
  }

  private void measure(Streams engine, Streams api, Consumer<Result> out) throws Exception {
    int mebibytes = Math.max(1, settings.number("BENCH_STREAM_MIB", 64));
    String bytes = Long.toString((long) mebibytes * MIB);
    byte[] much = new byte[mebibytes * MIB];
    byte[] none = {};
    OutputStream away = OutputStream.nullOutputStream();
    engine.run(List.of("sh", "-c", "cat >/proc/1/fd/1"), lines(), away);
    rate("log", LOG_MIB, engine, api, Streams::log, out);
    rate(
        "output of a command",
        mebibytes,
        engine,
        api,
        way -> {
          way.run(List.of("head", "-c", bytes, "/dev/zero"), none, away);
          return much.length;
        },
        out);
    rate(
        "input of a command",
        mebibytes,
        engine,
        api,
        way -> {
          way.run(List.of("sh", "-c", "cat >/dev/null"), much, away);
          return much.length;
        },
        out);
    engine.run(List.of("sh", "-c", "head -c " + bytes + " /dev/zero >/tmp/much"), none, away);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    List<String> pack = List.of("tar", "-cf", "-", "-C", "/tmp", "much");
    engine.run(pack, none, archive);
    byte[] packed = archive.toByteArray();
    rate(
        "copy out of a container",
        mebibytes,
        engine,
        api,
        way -> {
          way.run(pack, none, away);
          return packed.length;
        },
        out);
    rate(
        "copy into a container",
        mebibytes,
        engine,
        api,
        way -> {
          way.run(List.of("tar", "-xmf", "-", "-C", "/tmp"), packed, away);
          return packed.length;
        },
        out);
    quick(engine, api, out);
  }

  private static byte[] lines() {
    String line = "x".repeat(99) + "\n";
    return line.repeat(LOG_MIB * MIB / line.length())
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Carries something, and tells how many bytes that were. */
  private interface Carrying {
    long by(Streams way) throws Exception;
  }

  private void rate(
      String what,
      int mebibytes,
      Streams engine,
      Streams api,
      Carrying carrying,
      Consumer<Result> out)
      throws Exception {
    int rounds = Math.max(1, settings.number("BENCH_STREAM_ROUNDS", 5));
    double[] direct = new double[rounds];
    double[] carried = new double[rounds];
    seconds(() -> carrying.by(engine));
    seconds(() -> carrying.by(api));
    for (int i = 0; i < rounds; i++) {
      long[] bytes = new long[2];
      direct[i] = seconds(() -> bytes[0] = carrying.by(engine));
      carried[i] = seconds(() -> bytes[1] = carrying.by(api));
      if (bytes[0] != bytes[1]) {
        throw new Unavailable(
            what + ": " + bytes[0] + " bytes by the engine, " + bytes[1] + " by the API");
      }
    }
    double engineRate = mebibytes / Delays.measured(direct).at(50);
    double apiRate = mebibytes / Delays.measured(carried).at(50);
    out.accept(new Result(what + ", by the engine", engineRate, "MiB/s", ""));
    out.accept(new Result(what + ", by the API", apiRate, "MiB/s", ""));
    out.accept(new Result(what + ", API / engine", apiRate / engineRate, "", ""));
  }

  private static double seconds(Callable<Long> carrying) throws Exception {
    long start = System.nanoTime();
    carrying.call();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Commands that do nothing, one after the other. */
  private static void quick(Streams engine, Streams api, Consumer<Result> out) throws Exception {
    double[] direct = new double[QUICK];
    double[] carried = new double[QUICK];
    for (int i = 0; i < QUICK; i++) {
      direct[i] = millis(engine);
      carried[i] = millis(api);
    }
    double byEngine = Delays.measured(direct).at(50);
    double byApi = Delays.measured(carried).at(50);
    out.accept(new Result("a command that does nothing, by the engine; p50", byEngine, "ms", ""));
    out.accept(new Result("a command that does nothing, by the API; p50", byApi, "ms", ""));
    out.accept(new Result("a command that does nothing, API / engine", byApi / byEngine, "", ""));
  }

  private static double millis(Streams way) throws Exception {
    return 1000
        * seconds(() -> {
          way.run(List.of("true"), new byte[0], OutputStream.nullOutputStream());
          return 0L;
        });
  }
}
