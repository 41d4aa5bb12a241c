package dev.argosy.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Pods of a running platform, one after another, each from the request to the moment at which its
 * status says Running, against the same two containers (pause, and one in its network) started with
 * the engine directly; in turns, medians. Needs a platform whose node uses the engine given.
 *
 * <p>Settings, by environment: {@code KUBECONFIG} (a user who may create pods in namespace
 * default), {@code BENCH_PODS} (10), {@code BENCH_IMAGE} (argosy/demo:1), {@code BENCH_PAUSE}
 * (argosy/pause:1), {@code DOCKER_HOST} (unix:///var/run/docker.sock).
 */
final class PodStart implements Benchmark {

  private static final Duration LIMIT = Duration.ofSeconds(50);

  private final Map<String, String> settings;

  PodStart(Map<String, String> settings) {
    this.settings = settings;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    String image = settings.getOrDefault("BENCH_IMAGE", "argosy/demo:1");
    int count = count(settings.getOrDefault("BENCH_PODS", "10"));
    try (PlatformProxy platform = PlatformProxy.open(settings.getOrDefault("KUBECONFIG", ""));
        Engine engine =
            Engine.open(
                settings.getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock"),
                List.of(image, settings.getOrDefault("BENCH_PAUSE", "argosy/pause:1")))) {
      List<Double> pods = new ArrayList<>();
      List<Double> containers = new ArrayList<>();
      platform.startPod(image);
      engine.startPair();
      long start = System.nanoTime();
      while (pods.size() < count && System.nanoTime() - start < LIMIT.toNanos()) {
        pods.add(platform.startPod(image));
        containers.add(engine.startPair());
      }
      double pod = median(pods);
      double pair = median(containers);
      out.accept(new Result("pod, request to Running, of " + pods.size(), pod, "ms", ""));
      out.accept(new Result("the same containers, by the engine directly", pair, "ms", ""));
      out.accept(new Result("pod / containers", pod / pair, "", "≤ 1.3"));
    }
  }

  private static int count(String text) throws Unavailable {
    try {
      return Math.max(1, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new Unavailable("BENCH_PODS must be a number, not " + text);
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
