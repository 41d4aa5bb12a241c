package dev.argosy.bench.agent;

import dev.argosy.bench.Benchmark;
import dev.argosy.bench.Result;
import dev.argosy.bench.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Pods come and go on one agent, which is then killed by {@code kill -9} at any moment while they
 * do, and started again: what grows in the agent, and what is left on the host.
 *
 * <p>Settings, by environment, besides those of {@link AgentFootprint}: {@code BENCH_CHURN_PODS}
 * (500), {@code BENCH_CHURN_AT_ONCE} (10), {@code BENCH_KILLS} (20), {@code BENCH_SEED}.
 */
public final class AgentChurn implements Benchmark {

  private static final int KILL_WITHIN_MILLIS = 4000;
  private static final int SETTLE_SECONDS = 5;

  /** In which the agent gives memory back. */
  private static final int REST_SECONDS = 60;

  private final Settings settings;

  public AgentChurn(Map<String, String> environment) {
    this.settings = new Settings(environment);
  }

  @Override
  public int limitSeconds() {
    return 3600;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    settings.command();
    Path folder = Files.createTempDirectory("argosy-churn");
    try (AgentPlatform platform = AgentPlatform.start(folder);
        PlayedEngine played = PlayedEngine.start(folder.resolve("engine.sock"))) {
      Churn churn = new Churn(platform, folder, settings.engine(played));
      churn.soak(out);
      churn.kills(out);
    } finally {
      Rehearsal.remove(folder);
    }
  }

  private final class Churn {
    private final AgentPlatform platform;
    private final Path folder;
    private final String engine;
    private final int atOnce;
    private int last;

    Churn(AgentPlatform platform, Path folder, String engine) throws Unavailable {
      this.platform = platform;
      this.folder = folder;
      this.engine = engine;
      this.atOnce = Math.max(1, settings.number("BENCH_CHURN_AT_ONCE", 10));
    }

    private AgentProcess start() throws Exception {
      platform.forgetNode();
      AgentProcess agent = AgentProcess.start(settings.command(), platform, engine, folder);
      agent.until("ready", platform::ready);
      return agent;
    }

    private void begin() {
      for (int i = 0; i < atOnce; i++) {
        platform.pod("churn-" + ++last, settings.image(), settings.played());
      }
    }

    private void end() {
      for (int i = 0; i < atOnce; i++) {
        platform.end("churn-" + (last - i));
      }
    }

    private void turn(AgentProcess agent) throws Exception {
      begin();
      agent.until("running", () -> platform.running() == atOnce);
      end();
      agent.until("without pods", () -> platform.pods() == 0);
    }

    private Map<String, Set<String>> host() throws Exception {
      return HostState.read(
          folder.resolve("node"), settings.played() ? "" : engine, platform.uids());
    }

    private void soak(Consumer<Result> out) throws Exception {
      int turns = settings.number("BENCH_CHURN_PODS", 500) / atOnce;
      try (AgentProcess agent = start()) {
        for (int i = 0; i < Math.max(1, turns / 5); i++) {
          turn(agent);
        }
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        Map<String, Set<String>> host = host();
        double resident = agent.mebibytes("VmRSS");
        int threads = agent.threads();
        long files = agent.openFiles();
        long start = System.nanoTime();
        for (int i = 0; i < turns; i++) {
          turn(agent);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        out.accept(new Result("pods come and gone", turns * atOnce / seconds, "/s", ""));
        out.accept(new Result("resident before", resident, "MiB", "≤ 160 MiB"));
        out.accept(
            new Result(
                "more after " + turns * atOnce, agent.mebibytes("VmRSS") - resident, "MiB", ""));
        out.accept(new Result("more threads", agent.threads() - threads, "", "0"));
        out.accept(
            new Result(
                "more open files (kept connections of the engine)",
                agent.openFiles() - files,
                "",
                ""));
        left("left on the host", host, out);
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        out.accept(
            new Result(
                "more after a rest of " + REST_SECONDS + " s",
                agent.mebibytes("VmRSS") - resident,
                "MiB",
                ""));
      }
    }

    private void kills(Consumer<Result> out) throws Exception {
      int kills = settings.number("BENCH_KILLS", 20);
      long seed = settings.number("BENCH_SEED", (int) (System.nanoTime() & 0xffff));
      Random random = new Random(seed);
      AgentProcess agent = start();
      turn(agent);
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      Map<String, Set<String>> host = host();
      for (int i = 0; i < kills; i++) {
        begin();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(KILL_WITHIN_MILLIS));
        if (random.nextBoolean()) {
          end();
          TimeUnit.MILLISECONDS.sleep(random.nextInt(KILL_WITHIN_MILLIS / 2));
        }
        agent.kill();
        if (random.nextBoolean()) {
          forget();
        } else {
          end();
        }
        agent = start();
        agent.until("without pods", () -> platform.pods() == 0);
      }
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      try (AgentProcess survivor = agent) {
        turn(survivor);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        left("left on the host after " + kills + " kills (seed " + seed + ")", host, out);
      }
    }

    /** The API forgets the pods while there is no agent. */
    private void forget() {
      for (int i = 0; i < atOnce; i++) {
        platform.forget("churn-" + (last - i));
      }
    }

    private void left(String what, Map<String, Set<String>> before, Consumer<Result> out)
        throws Exception {
      Map<String, Set<String>> left = HostState.difference(before, host());
      left.forEach((kind, those) -> System.err.println(kind + ": " + those));
      out.accept(new Result(what, left.values().stream().mapToInt(Set::size).sum(), "", "0"));
    }
  }
}
