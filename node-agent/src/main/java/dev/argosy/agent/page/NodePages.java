package dev.argosy.agent.page;

import dev.argosy.agent.metric.AgentMetrics;
import dev.argosy.agent.metric.MetricText;
import dev.argosy.agent.metric.ProcessFigures;
import dev.argosy.agent.pod.measure.PodMeasures;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.stats.NodeStats;
import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Answers for the node. */
public final class NodePages {

  private final AgentMetrics metrics;
  private final Sources sources;
  private volatile Supplier<List<PodView>> pods = List::of;

  /**
   * What is shown.
   *
   * @param summary of what pods use, with what every look reads
   * @param configuration as kubelet's {@code /configz} has it
   */
  public record Sources(
      ContainerRuntime runtime,
      NodeStats stats,
      PodMeasures measures,
      ProcessFigures process,
      Supplier<ObjectNode> summary,
      Supplier<ObjectNode> configuration) {}

  public NodePages(String node, AgentMetrics metrics, Sources sources) {
    this.metrics = metrics;
    this.sources = sources;
    metrics.gauge("kubelet_node_name", "The node's name.", "node").with(node).set(1);
  }

  /** Shows these pods from now on; none before. */
  public void follow(Supplier<List<PodView>> known) {
    this.pods = known;
  }

  /** The content of a page; empty if there is none of that path. */
  public Optional<byte[]> page(String path) throws RuntimeFailure {
    return Optional.ofNullable(
        switch (path) {
          case "/healthz", "/healthz/ping", "/healthz/log", "/healthz/syncloop" -> text("ok");
          case "/metrics" -> metrics();
          case "/metrics/cadvisor" -> {
            MetricText text = new MetricText();
            sources.stats().cadvisor(text);
            yield text.bytes();
          }
          case "/metrics/resource" -> {
            MetricText text = new MetricText();
            sources.stats().resource(text);
            yield text.bytes();
          }
          case "/metrics/probes" -> {
            MetricText text = new MetricText();
            sources.measures().probes(text);
            yield text.bytes();
          }
          case "/configz" -> Json.mapper().writeValueAsBytes(sources.configuration().get());
          case "/runningpods" -> Json.mapper().writeValueAsBytes(RunningPods.of(sources.runtime()));
          case "/stats/summary" ->
              Json.mapper()
                  .writeValueAsBytes(sources.stats().complete(sources.summary().get(), pods.get()));
          default -> null;
        });
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] metrics() {
    MetricText text = new MetricText();
    RunningCounts.of(sources.runtime()).ifPresent(counts -> counts.writeTo(text));
    sources.stats().volumes(pods.get(), text);
    metrics.writeTo(text);
    sources.process().writeTo(text);
    return text.bytes();
  }
}
