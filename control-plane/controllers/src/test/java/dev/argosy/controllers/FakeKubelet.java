package dev.argosy.controllers;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.Json;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stands for scheduler and node agents: binds every pod, runs it, ends it when it is deleted. */
final class FakeKubelet implements AutoCloseable {

  private static final InformerSpec<PodView> PODS = PodView.EVERYWHERE;

  private final ApiClient client;
  private final Clock clock;
  private final Informer<PodView> pods;
  private final LinkedBlockingQueue<PodView> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger addresses = new AtomicInteger();
  private final AtomicInteger toDo = new AtomicInteger();
  private final Thread thread;
  private volatile Predicate<PodView> healthy = pod -> true;
  private volatile boolean endsPods = true;
  private volatile Function<PodView, Optional<Integer>> exit = pod -> Optional.empty();

  FakeKubelet(ApiClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
    this.pods = new Informer<>(client, PODS);
    pods.onChange(this::add);
    this.thread = Thread.ofVirtual().start(this::run);
  }

  /** Which pods become ready. */
  void setHealthy(Predicate<PodView> which) {
    healthy = which;
    pods.all().forEach(this::add);
  }

  /** Whether deleted pods end. */
  void setEndsPods(boolean ends) {
    endsPods = ends;
    pods.all().forEach(this::add);
  }

  /** With which code the container of which pod ends by itself. */
  void setExit(Function<PodView, Optional<Integer>> code) {
    exit = code;
    pods.all().forEach(this::add);
  }

  private void add(PodView pod) {
    toDo.incrementAndGet();
    queue.add(pod);
  }

  /** Whether it has done what there was to do. */
  boolean idle() {
    return toDo.get() == 0;
  }

  private void run() {
    try {
      while (true) {
        PodView next = queue.take();
        try {
          serve(next);
        } finally {
          toDo.decrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(PodView stale) {
    PodView pod = pods.get(stale.key()).orElse(null);
    if (pod == null || !pod.uid().equals(stale.uid())) {
      return;
    }
    if (pod.node().isEmpty()) {
      ObjectNode binding = Json.object();
      binding.putObject("target").put("name", wantedNode(pod));
      client.post(pod.key(), "binding", binding);
    } else if (pod.deleting()) {
      if (endsPods) {
        client.delete(pod.key(), DeleteOptions.now(pod.uid()));
      }
    } else if (!pod.terminal() && pod.ready().isEmpty() && healthy.test(pod)) {
      client.patch(pod.key(), "status", Patch.strategic(running()));
    } else if (!pod.terminal()) {
      exit.apply(pod)
          .ifPresent(code -> client.patch(pod.key(), "status", Patch.strategic(ended(code))));
    }
  }

  /** The one that its affinity names, as that of daemons does. */
  private static String wantedNode(PodView pod) {
    return pod.object()
        .tree()
        .at("/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")
        .at("/nodeSelectorTerms/0/matchFields/0/values/0")
        .asString("node-1");
  }

  private ObjectNode ended(int code) {
    ObjectNode patch = Json.object();
    ObjectNode status = patch.putObject("status").put("phase", code == 0 ? "Succeeded" : "Failed");
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "False")
        .put("lastTransitionTime", now);
    status
        .putArray("containerStatuses")
        .addObject()
        .put("name", "c")
        .putObject("state")
        .putObject("terminated")
        .put("exitCode", code)
        .put("finishedAt", now);
    return patch;
  }

  private ObjectNode running() {
    int number = addresses.incrementAndGet();
    String ip = "10.244." + number / 250 + "." + (number % 250 + 1);
    ObjectNode patch = Json.object();
    ObjectNode status = patch.putObject("status").put("phase", "Running").put("podIP", ip);
    status.putArray("podIPs").addObject().put("ip", ip);
    status.put("startTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    ArrayNode conditions = status.putArray("conditions");
    conditions
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return patch;
  }

  @Override
  public void close() {
    thread.interrupt();
    pods.close();
  }
}
