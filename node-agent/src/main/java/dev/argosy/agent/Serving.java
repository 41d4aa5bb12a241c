package dev.argosy.agent;

import dev.argosy.agent.csi.door.ControllerDoor;
import dev.argosy.agent.metric.AgentMetrics;
import dev.argosy.agent.metric.MeasuredCalls;
import dev.argosy.agent.metric.ProcessFigures;
import dev.argosy.agent.page.NodePages;
import dev.argosy.agent.pod.measure.PodMeasures;
import dev.argosy.agent.pressure.FileSystems;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.stats.DiskLooks;
import dev.argosy.agent.stats.MountedVolumes;
import dev.argosy.agent.stats.NodeStats;
import dev.argosy.agent.stats.StatsReader;
import dev.argosy.agent.stats.VolumeFigures;
import dev.argosy.agent.storage.DiskBook;
import dev.argosy.agent.streaming.Checkpoints;
import dev.argosy.agent.streaming.PodStreams;
import dev.argosy.agent.use.KernelFiles;
import dev.argosy.agent.use.UseReporter;
import dev.argosy.model.metric.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What the node shows of itself, put together; measured from the first call to the engine. */
final class Serving {

  private final AgentConfig config;
  private final Clock clock;
  private final AgentMetrics metrics = new AgentMetrics();
  private final PodMeasures measures = new PodMeasures(metrics);
  private final Metrics.Family<Metrics.Counter> evictions =
      metrics.counter(
          "kubelet_evictions", "Pods evicted, by what the node was short of.", "eviction_signal");

  Serving(AgentConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** The same engine, measured. */
  Engine measured(Engine engine) {
    return new Engine(
        engine.name(), new MeasuredCalls(metrics, System::nanoTime).of(engine.runtime()));
  }

  PodMeasures measures() {
    return measures;
  }

  void evicted(String signal) {
    evictions.with(signal).increment();
  }

  /** The node's pages; without pods, until some are followed. */
  NodePages pages(ContainerRuntime runtime, UseReporter use, VolumeFigures drivers) {
    return new NodePages(
        config.node(),
        metrics,
        new NodePages.Sources(
            runtime,
            stats(runtime, drivers),
            measures,
            new ProcessFigures(KernelFiles.MACHINE.proc()),
            use::summary,
            () -> ShownConfig.of(config)));
  }

  private NodeStats stats(ContainerRuntime runtime, VolumeFigures drivers) {
    return new NodeStats(
        new StatsReader(runtime, KernelFiles.MACHINE, clock),
        new NodeStats.Place(
            config.data(),
            () -> imagesFolder(runtime),
            Runtime.getRuntime().availableProcessors(),
            FileSystems.ofMachine(),
            new DiskLooks(
                new DiskBook(runtime, config.data()), config.resources().countEvery(), clock),
            drivers.or(new MountedVolumes(FileSystems.ofMachine()))));
  }

  private static Optional<Path> imagesFolder(ContainerRuntime runtime) {
    try {
      return Optional.of(Path.of(runtime.info().dataFolder()));
    } catch (RuntimeFailure notYet) {
      return Optional.empty();
    }
  }

  /** Answers what servers ask through the tunnel. */
  PodStreams streams(ContainerRuntime runtime, NodePages pages, ControllerDoor drivers) {
    return new PodStreams(
        runtime,
        pages::page,
        new Checkpoints(runtime, config.data().resolve("checkpoints"), clock),
        drivers);
  }
}
