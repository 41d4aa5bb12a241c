package dev.argosy.bench.agent;

import dev.argosy.bench.Benchmark;
import dev.argosy.bench.Delays;
import dev.argosy.bench.Engine;
import dev.argosy.bench.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How fast pods start on an agent, against the same containers by the engine itself and a service
 * of Swarm on that engine, in turns; and what the agent takes up with many pods, and many probes.
 * Without a real engine there is nothing to compare with, and only the agent's own part is shown.
 *
 * <p>Settings, by environment, besides those of {@link AgentFootprint}: {@code BENCH_PODS} (30),
 * {@code BENCH_DENSITY} (110), {@code BENCH_PROBES} (1000, two for each container; played engine
 * only), {@code BENCH_PAUSE} (argosy/pause:1). Services are left out where the engine is in no
 * swarm.
 */
public final class AgentPods implements Benchmark {

  private static final int REST_SECONDS = 60;
  private static final int PROBED_PODS = 10;

  private final Settings settings;

  public AgentPods(Map<String, String> environment) {
    this.settings = new Settings(environment);
  }

  @Override
  public int limitSeconds() {
    return 1800;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    settings.command();
    Path folder = Files.createTempDirectory("argosy-pods");
    try (AgentPlatform platform = AgentPlatform.start(folder);
        PlayedEngine played = PlayedEngine.start(folder.resolve("engine.sock"));
        AgentProcess agent =
            AgentProcess.start(settings.command(), platform, settings.engine(played), folder)) {
      agent.until("ready", platform::ready);
      starts(agent, platform, out);
      density(agent, platform, settings.number("BENCH_DENSITY", 110), out);
      if (!settings.played()) {
        EngineStreams engine = EngineStreams.of(settings.engine(played), AgentPlatform.NODE);
        agent.until("cleared away", () -> engine.clearedOf(AgentPlatform.NODE));
      }
      probes(agent, platform, settings.number("BENCH_PROBES", 1000), out);
    } finally {
      Rehearsal.remove(folder);
    }
  }

  private double start(AgentProcess agent, AgentPlatform platform, int number) throws Exception {
    String name = "start-" + number;
    platform.pod(name, settings.image(), settings.played());
    double took = agent.until("running", () -> platform.running(name));
    platform.end(name);
    agent.until("without pods", () -> platform.pods() == 0);
    return took;
  }

  private void starts(AgentProcess agent, AgentPlatform platform, Consumer<Result> out)
      throws Exception {
    int count = Math.max(1, settings.number("BENCH_PODS", 30));
    start(agent, platform, 0);
    if (settings.played()) {
      int[] number = {0};
      Delays pods = Delays.of(count, () -> start(agent, platform, ++number[0]));
      tell("pod, request to Running (played engine)", pods, out);
      return;
    }
    try (Engine engine =
        Engine.open(
            settings.environment().getOrDefault("DOCKER_HOST", ""),
            List.of(
                settings.image(),
                settings.environment().getOrDefault("BENCH_PAUSE", "argosy/pause:1")))) {
      boolean swarm = engine.swarm();
      double[] pods = new double[count];
      double[] pairs = new double[count];
      double[] services = new double[swarm ? count : 0];
      engine.startPair();
      for (int i = 0; i < count; i++) {
        pods[i] = start(agent, platform, i + 1);
        pairs[i] = engine.startPair();
        if (swarm) {
          services[i] = engine.startService();
        }
      }
      Delays pod = Delays.measured(pods);
      tell("pod, request to Running", pod, out);
      against("the same containers by the engine", pod, Delays.measured(pairs), "≤ 1.3", out);
      if (swarm) {
        against("service of Swarm", pod, Delays.measured(services), "", out);
      } else {
        System.err.println("no services: the engine is in no swarm (docker swarm init)");
      }
    }
  }

  private static void tell(String what, Delays delays, Consumer<Result> out) {
    out.accept(new Result(what + "; p50", delays.at(50), "ms", ""));
    out.accept(new Result(what + "; p99", delays.at(99), "ms", ""));
  }

  private static void against(
      String what, Delays pod, Delays other, String budget, Consumer<Result> out) {
    tell(what, other, out);
    out.accept(new Result("pod / " + what + "; p50", pod.at(50) / other.at(50), "", budget));
    out.accept(new Result("pod / " + what + "; p99", pod.at(99) / other.at(99), "", ""));
  }

  private void density(AgentProcess agent, AgentPlatform platform, int pods, Consumer<Result> out)
      throws Exception {
    if (pods == 0) {
      return;
    }
    for (int i = 0; i < pods; i++) {
      platform.pod("dense-" + i, settings.image(), settings.played());
    }
    double took = agent.until("running", () -> platform.running() == pods);
    out.accept(new Result(pods + " pods at once, created to Running", took, "ms", ""));
    TimeUnit.SECONDS.sleep(20);
    atRest(agent, "with " + pods + " pods", "≤ 2 %, ≤ 160 MiB with 30", out);
    for (int i = 0; i < pods; i++) {
      platform.end("dense-" + i);
    }
    agent.until("without pods", () -> platform.pods() == 0);
  }

  private static void atRest(AgentProcess agent, String when, String budget, Consumer<Result> out)
      throws Exception {
    out.accept(
        new Result("processor at rest, " + when, agent.processor(REST_SECONDS), "%", budget));
    out.accept(new Result("resident, " + when, agent.mebibytes("VmRSS"), "MiB", budget));
    out.accept(new Result("threads", agent.threads(), "", ""));
  }

  /** Each second one question by TCP to a port of this process, for each probe. */
  private void probes(AgentProcess agent, AgentPlatform platform, int probes, Consumer<Result> out)
      throws Exception {
    if (probes == 0 || !settings.played()) {
      return;
    }
    try (ProbedPort port = ProbedPort.open()) {
      int each = probes / PROBED_PODS;
      for (int i = 0; i < PROBED_PODS; i++) {
        platform.probedPod("probed-" + i, settings.image(), each, port.number());
      }
      agent.until("running", () -> platform.running() == PROBED_PODS);
      TimeUnit.SECONDS.sleep(10);
      long before = port.asked();
      double processor = agent.processor(REST_SECONDS);
      double rate = (double) (port.asked() - before) / REST_SECONDS;
      out.accept(new Result("probes each second, of " + each * PROBED_PODS, rate, "/s", ""));
      out.accept(new Result("processor with them", processor, "%", ""));
      out.accept(new Result("resident with them", agent.mebibytes("VmRSS"), "MiB", ""));
      for (int i = 0; i < PROBED_PODS; i++) {
        platform.end("probed-" + i);
      }
      agent.until("without pods", () -> platform.pods() == 0);
    }
  }
}
