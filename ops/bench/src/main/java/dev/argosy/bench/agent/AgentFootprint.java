package dev.argosy.bench.agent;

import dev.argosy.bench.Benchmark;
import dev.argosy.bench.Result;
import dev.argosy.bench.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What an agent takes up: time from its start to its node's Ready (the first time, with joining,
 * and again), memory and processor at rest without pods and with 30.
 *
 * <p>Settings, by environment: {@code BENCH_AGENT} (the command that starts it, words parted by
 * blanks), {@code BENCH_AGENT_PODS} (30; 0 leaves rest out), {@code BENCH_AGENT_STARTS} (5), {@code
 * DOCKER_HOST} with {@code BENCH_IMAGE} for a real engine, which needs root; else it is a played
 * one, and pods are on the host's network.
 */
public final class AgentFootprint implements Benchmark {

  private static final int REST_SECONDS = 60;

  private final Map<String, String> settings;

  public AgentFootprint(Map<String, String> settings) {
    this.settings = settings;
  }

  @Override
  public int limitSeconds() {
    return 600;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    String command = settings.getOrDefault("BENCH_AGENT", "");
    if (command.isBlank()) {
      throw new Unavailable(
          "say in BENCH_AGENT how the agent is started, for example"
              + " argosy-agent of a package that ops/agent-package made");
    }
    Path folder = Files.createTempDirectory("argosy-footprint");
    try (AgentPlatform platform = AgentPlatform.start(folder);
        PlayedEngine played = PlayedEngine.start(folder.resolve("engine.sock"))) {
      String engine = settings.getOrDefault("DOCKER_HOST", played.host());
      Measured measured = new Measured(List.of(command.split(" +")), platform, engine, folder);
      starts(measured, out);
      int pods = number("BENCH_AGENT_PODS", 30);
      if (pods > 0) {
        rest(measured, pods, out);
      }
    } finally {
      Rehearsal.remove(folder);
    }
  }

  private record Measured(
      List<String> command, AgentPlatform platform, String engine, Path folder) {
    AgentProcess start() throws Exception {
      platform.forgetNode();
      return AgentProcess.start(command, platform, engine, folder);
    }
  }

  private void starts(Measured measured, Consumer<Result> out) throws Exception {
    List<Double> ready = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    for (int i = 0; i <= number("BENCH_AGENT_STARTS", 5); i++) {
      try (AgentProcess agent = measured.start()) {
        ready.add(agent.until("ready", measured.platform::ready));
        processor.add(agent.cpuSeconds() * 1000);
      }
    }
    out.accept(new Result("start to ready, joining", ready.removeFirst(), "ms", "≤ 3000"));
    processor.removeFirst();
    out.accept(new Result("start to ready, again; median", median(ready), "ms", "≤ 3000"));
    out.accept(new Result("processor time for that", median(processor), "ms", ""));
  }

  private void rest(Measured measured, int pods, Consumer<Result> out) throws Exception {
    try (AgentProcess agent = measured.start()) {
      agent.until("ready", measured.platform::ready);
      TimeUnit.SECONDS.sleep(10);
      tell(agent, "without pods", "", out);
      boolean played = measured.engine.contains(measured.folder.toString());
      String image = settings.getOrDefault("BENCH_IMAGE", "argosy/demo:1");
      for (int i = 0; i < pods; i++) {
        measured.platform.pod("rest-" + i, image, played);
      }
      double took = agent.until("running", () -> measured.platform.running() == pods);
      out.accept(new Result(pods + " pods, created to Running", took, "ms", ""));
      TimeUnit.SECONDS.sleep(20);
      tell(agent, "with " + pods + " pods", "≤ 160 MiB, ≤ 2 %", out);
      for (int i = 0; i < pods; i++) {
        measured.platform.end("rest-" + i);
      }
      agent.until("without pods", () -> measured.platform.pods() == 0);
    }
  }

  private static void tell(AgentProcess agent, String when, String budget, Consumer<Result> out)
      throws Exception {
    out.accept(
        new Result("processor at rest, " + when, agent.processor(REST_SECONDS), "%", budget));
    out.accept(new Result("resident, " + when, agent.mebibytes("VmRSS"), "MiB", budget));
    out.accept(new Result("of it anonymous", agent.mebibytes("RssAnon"), "MiB", ""));
    out.accept(new Result("of it files", agent.mebibytes("RssFile"), "MiB", ""));
    out.accept(new Result("threads", agent.threads(), "", ""));
  }

  private int number(String setting, int otherwise) throws Unavailable {
    String text = settings.getOrDefault(setting, Integer.toString(otherwise));
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new Unavailable(setting + " must be a number, not " + text);
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
