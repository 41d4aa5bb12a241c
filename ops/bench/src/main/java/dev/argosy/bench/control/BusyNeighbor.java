package dev.argosy.bench.control;

import dev.argosy.bench.Delays;
import dev.argosy.bench.Result;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long a tenant's Deployment waits for its pod to be made, while another tenant has a great
 * many ReplicaSets that all have to be looked at, and change all the time. The first pod, for which
 * the controllers have to read everything, is told apart.
 */
final class BusyNeighbor implements Part {

  private static final String BUSY = "busy";
  private static final int CHANGERS = 4;
  private static final int PROBES = 20;
  private static final Duration BETWEEN = Duration.ofMillis(500);

  @Override
  public String name() {
    return "neighbor";
  }

  @Override
  public void run(Sizes sizes, Consumer<Result> out) throws Exception {
    int changing = sizes.changing();
    try (Loops loops = new Loops()) {
      loops.plane.tenant(BUSY);
      ResourceScope sets = ResourceScope.namespace(Loops.REPLICA_SETS, BUSY, "default");
      loops.plane.makeAll(sets, changing, n -> Loops.workload("ReplicaSet", "set-" + n, 0));
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger changes = new AtomicInteger();
      loops.controllers();
      for (int n = 0; n < CHANGERS; n++) {
        Thread.ofPlatform().daemon().start(() -> change(loops.plane, changing, over, changes));
      }
      String label = String.format(Locale.ROOT, "beside %,d changing objects, ", changing);
      AtomicInteger number = new AtomicInteger();
      double first = probe(loops, "probe-" + number.incrementAndGet(), sizes);
      out.accept(new Result(label + "the first pod once controllers begin", first, "ms", ""));
      Delays delays =
          Delays.of(PROBES, () -> probe(loops, "probe-" + number.incrementAndGet(), sizes));
      over.set(true);
      out.accept(new Result(label + "a Deployment's pod, p50", delays.at(50), "ms", ""));
      out.accept(
          new Result(label + "a Deployment's pod, longest", delays.at(100), "ms", "≤ 1,000"));
      out.accept(new Result(label + "changes meanwhile", changes.get(), "", ""));
      out.accept(new Result(label + "never looked at", unseen(loops.plane), "", ""));
    }
    try (Loops loops = new Loops()) {
      loops.controllers();
      AtomicInteger number = new AtomicInteger();
      Delays alone =
          Delays.of(PROBES, () -> probe(loops, "probe-" + number.incrementAndGet(), sizes));
      out.accept(new Result("alone, a Deployment's pod, p50", alone.at(50), "ms", ""));
      out.accept(new Result("alone, a Deployment's pod, longest", alone.at(100), "ms", ""));
    }
  }

  private static void change(Plane plane, int count, AtomicBoolean over, AtomicInteger changes) {
    while (!over.get()) {
      int n = changes.getAndIncrement();
      ObjectNode body = Json.object();
      body.putObject("metadata").putObject("annotations").put("change", Integer.toString(n));
      String name = "set-" + n % count;
      plane
          .client()
          .patch(new ObjectKey(Loops.REPLICA_SETS, BUSY, "default", name), "", Patch.merge(body));
    }
  }

  /** Milliseconds from the request for a Deployment to its pod; the limit if there is none. */
  private static double probe(Loops loops, String name, Sizes sizes) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
    ResourceScope pods = ResourceScope.namespace(Plane.PODS, Plane.TENANT, "default");
    ListOptions own = ListOptions.labels("app=" + name);
    long start = System.nanoTime();
    loops.create(Loops.DEPLOYMENTS, Plane.TENANT, Loops.deployment(name, 1));
    Loops.until(
        sizes.limit().dividedBy(PROBES),
        () -> !Plane.asked(() -> loops.plane.client().list(pods, own)).items().isEmpty());
    return 1e3 * Loops.seconds(start);
  }

  /** How many of the busy tenant's objects no controller has come to. */
  private static long unseen(Plane plane) {
    return plane.all(Loops.REPLICA_SETS).stream()
        .filter(set -> set.cluster().equals(BUSY))
        .map(ApiObject::tree)
        .filter(tree -> tree.at("/status/observedGeneration").asLong(0) == 0)
        .count();
  }
}
