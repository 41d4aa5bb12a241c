package dev.argosy.server.use;

import dev.argosy.model.use.Counters;
import dev.argosy.model.use.InstanceUse;
import dev.argosy.model.use.UseReport;
import dev.argosy.server.use.Figures.OfContainer;
import dev.argosy.server.use.Figures.OfPod;
import dev.argosy.server.use.Figures.Rate;
import dev.argosy.server.use.Figures.Traffic;
import dev.argosy.server.use.UseKeeper.BoundPod;
import dev.argosy.server.use.UseKeeper.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes rates of two reports of a node. A container that began a moment ago is measured from its
 * beginning, as metrics-server does; one of which too little is known keeps its pod from being
 * shown, so that a pod is never shown as using less than it does.
 */
final class Measuring {

  private static final long SHORTEST = 10_000;
  private static final long YOUNG = 60_000;
  private static final double SLACK = 1.5;

  private final NodeSize size;
  private final Map<String, InstanceUse> before;
  private final Instant now;

  private Measuring(NodeSize size, Map<String, InstanceUse> before, Instant now) {
    this.size = size;
    this.before = before;
    this.now = now;
  }

  /**
   * The figures of a report.
   *
   * @param earlier the report before it, of the same boot; null if there is none
   */
  static Figures of(Taken taken, @Nullable UseReport earlier, Instant now) {
    UseReport report = taken.report();
    Measuring measuring = new Measuring(taken.size(), instances(earlier), now);
    long passed = earlier == null ? 0 : report.uptime() - earlier.uptime();
    Map<String, OfPod> pods = new HashMap<>();
    for (BoundPod pod : taken.bound()) {
      pods.put(pod.pod().meta().uid(), measuring.pod(pod));
    }
    return new Figures(
        now,
        Duration.ofMillis(passed),
        earlier == null
            ? Optional.empty()
            : measuring.rate(earlier.machine(), report.machine(), passed),
        pods);
  }

  private static Map<String, InstanceUse> instances(@Nullable UseReport report) {
    Map<String, InstanceUse> all = new HashMap<>();
    if (report != null) {
      report
          .pods()
          .forEach(pod -> pod.instances().forEach(instance -> all.put(instance.id(), instance)));
    }
    return all;
  }

  private OfPod pod(BoundPod pod) {
    List<OfContainer> containers = new ArrayList<>();
    Traffic traffic = Traffic.NONE;
    long window = 0;
    boolean whole = true;
    for (InstanceUse instance : pod.use().instances()) {
      if (instance.moment().ended()) {
        continue;
      }
      if (instance.network()) {
        traffic = traffic(instance);
        continue;
      }
      long passed = passed(instance);
      Optional<Rate> rate = rate(counters(instance), instance.counters(), passed);
      rate.ifPresent(known -> containers.add(new OfContainer(instance.container(), known)));
      whole &= rate.isPresent();
      window = Math.max(window, passed);
    }
    return new OfPod(
        pod.pod().cluster(),
        now,
        Duration.ofMillis(window),
        whole ? containers : List.of(),
        traffic);
  }

  /** Milliseconds over which an instance can be measured; 0 if it cannot be. */
  private long passed(InstanceUse instance) {
    InstanceUse known = before.get(instance.id());
    long age = instance.moment().startedAgo();
    return known != null
        ? instance.moment().uptime() - known.moment().uptime()
        : age >= SHORTEST && age < YOUNG ? age : 0;
  }

  private Counters counters(InstanceUse instance) {
    InstanceUse known = before.get(instance.id());
    return known == null ? Counters.NONE : known.counters();
  }

  private Optional<Rate> rate(Counters then, Counters now, long passed) {
    long used = now.cpuNanos() - then.cpuNanos();
    if (passed <= 0 || used < 0) {
      return Optional.empty();
    }
    double nanoCores = used * 1000.0 / passed;
    boolean possible =
        nanoCores <= size.cores() * 1e9 * SLACK && now.memoryBytes() <= size.memoryBytes() * SLACK;
    return possible
        ? Optional.of(new Rate(Math.round(nanoCores), now.memoryBytes()))
        : Optional.empty();
  }

  private Traffic traffic(InstanceUse network) {
    long passed = passed(network);
    Counters then = counters(network);
    Counters now = network.counters();
    boolean known =
        passed > 0
            && now.receivedBytes() >= then.receivedBytes()
            && now.sentBytes() >= then.sentBytes();
    return known
        ? new Traffic(
            (now.receivedBytes() - then.receivedBytes()) * 1000.0 / passed,
            (now.sentBytes() - then.sentBytes()) * 1000.0 / passed)
        : Traffic.NONE;
  }
}
