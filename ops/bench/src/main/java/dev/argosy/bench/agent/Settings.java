package dev.argosy.bench.agent;

import dev.argosy.bench.Unavailable;
import java.util.List;
import java.util.Map;

/** What the environment says to the benchmarks of the agent. */
record Settings(Map<String, String> environment) {

  /** How the agent is started. */
  List<String> command() throws Unavailable {
    String command = environment.getOrDefault("BENCH_AGENT", "");
    if (command.isBlank()) {
      throw new Unavailable(
          "say in BENCH_AGENT how the agent is started, for example"
              + " argosy-agent of a package that ops/agent-package made");
    }
    return List.of(command.split(" +"));
  }

  /** The engine that is there, or else a played one. */
  String engine(PlayedEngine played) {
    return environment.getOrDefault("DOCKER_HOST", played.host());
  }

  boolean played() {
    return !environment.containsKey("DOCKER_HOST");
  }

  String image() {
    return environment.getOrDefault("BENCH_IMAGE", "argosy/demo:1");
  }

  int number(String setting, int otherwise) throws Unavailable {
    String text = environment.getOrDefault(setting, Integer.toString(otherwise));
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new Unavailable(setting + " must be a number, not " + text);
    }
  }
}
