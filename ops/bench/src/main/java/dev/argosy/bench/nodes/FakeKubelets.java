package dev.argosy.bench.nodes;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.time.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the agents of many nodes for the pods that are bound to them: one informer, some threads
 * that write, one timer for each pod that waits. A refused write is tried again a second later, or
 * when the pod changes.
 */
final class FakeKubelets implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FakeKubelets.class);
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final int WRITERS = 32;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private static final InformerSpec<Bound> ALL =
      InformerSpec.of(ResourceScope.everywhere(PODS), Bound::of)
          .withFieldSelector("spec.nodeName!=");

  /** A pod, and its node. */
  private record Bound(ApiObject object, String node) {
    static Bound of(ApiObject object) {
      return new Bound(object, object.text("spec", "nodeName"));
    }
  }

  private final BiFunction<String, String, ApiClient> writers;
  private final Map<String, String> addresses;
  private final Script script;
  private final Timers timers;
  private final Informer<Bound> pods;
  private final LinkedBlockingQueue<ObjectKey> queue = new LinkedBlockingQueue<>();
  private final Map<ObjectKey, Boolean> queued = new ConcurrentHashMap<>();
  private final Map<ObjectKey, Timers.Timer> waiting = new ConcurrentHashMap<>();
  private final AtomicLong ips = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final CountDownLatch ended = new CountDownLatch(WRITERS);
  private volatile boolean closed;

  /**
   * Begins at once.
   *
   * @param reader sees the pods of all clusters
   * @param writers whom to write as, for a node and a cluster
   * @param nodes addresses by names
   * @param script what becomes of pods that say nothing about it
   */
  FakeKubelets(
      ApiClient reader,
      BiFunction<String, String, ApiClient> writers,
      Map<String, String> nodes,
      Script script,
      Timers timers) {
    this.writers = writers;
    this.addresses = Map.copyOf(nodes);
    this.script = script;
    this.timers = timers;
    this.pods = new Informer<>(reader, ALL);
    for (int n = 0; n < WRITERS; n++) {
      Thread.ofVirtual().name("kubelet-" + n).start(this::work);
    }
    pods.addHandler(new Changes());
  }

  /** How many statuses were written and pods removed. */
  long written() {
    return written.get();
  }

  /** How many pods are on nodes, of others as well. */
  int bound() {
    return pods.size();
  }

  /** Why pods cannot be seen at the moment; empty when all is well. */
  Optional<String> trouble() {
    return pods.refusal().map(Status::message);
  }

  private final class Changes implements InformerHandler<Bound> {
    @Override
    public void added(Bound pod) {
      look(pod);
    }

    @Override
    public void updated(Bound old, Bound pod) {
      look(pod);
    }

    @Override
    public void deleted(Bound pod) {
      forget(pod.object().key());
    }
  }

  private void look(Bound pod) {
    if (addresses.containsKey(pod.node())) {
      enqueue(pod.object().key());
    }
  }

  private void enqueue(ObjectKey key) {
    if (queued.putIfAbsent(key, true) == null) {
      queue.add(key);
    }
  }

  private void forget(ObjectKey key) {
    Timers.Timer timer = waiting.remove(key);
    if (timer != null) {
      timer.cancel();
    }
  }

  private void work() {
    try {
      while (!closed) {
        ObjectKey key = queue.take();
        queued.remove(key);
        if (!closed) {
          serve(key);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void serve(ObjectKey key) {
    forget(key);
    try {
      Optional<Bound> pod = pods.get(key);
      if (pod.isPresent()) {
        apply(pod.get());
      }
    } catch (RuntimeException e) {
      LOG.error("{} could not be looked after", key, e);
      later(key, AGAIN);
    }
  }

  private void apply(Bound pod) {
    ApiObject object = pod.object();
    String host = addresses.getOrDefault(pod.node(), "");
    PodWords words = new PodWords(object, host, nextIp(), timers.now());
    ApiClient client = writers.apply(pod.node(), object.cluster());
    switch (new PodLife(object, script, timers.now()).next(words)) {
      case Step.Rest rest -> {}
      case Step.Wait(Duration time) -> later(object.key(), time);
      case Step.Report(ObjectNode status) ->
          wrote(object.key(), client.patch(object.key(), "status", patch(object, status)));
      case Step.Remove remove ->
          wrote(object.key(), client.delete(object.key(), DeleteOptions.now(object.meta().uid())));
    }
  }

  /** Conditions are a list in which others write too, so it must be the revision that was seen. */
  private static Patch patch(ApiObject pod, ObjectNode status) {
    ObjectNode body = Json.object();
    body.putObject("metadata")
        .put("uid", pod.meta().uid())
        .put("resourceVersion", Long.toString(pod.revision()));
    body.set("status", status);
    return Patch.merge(body);
  }

  private void wrote(ObjectKey key, ApiResult<ApiObject> result) {
    switch (result) {
      case ApiResult.Ok<ApiObject> ok -> written.incrementAndGet();
      case ApiResult.Refused<ApiObject>(Status status)
          when status.reason() == Reason.CONFLICT || status.reason() == Reason.NOT_FOUND ->
          LOG.debug("{}: {}", key, status.message()); // a newer state is on its way
      case ApiResult.Refused<ApiObject>(Status status) -> {
        LOG.warn("{}: {}", key, status.message());
        later(key, AGAIN);
      }
    }
  }

  private void later(ObjectKey key, Duration time) {
    Timers.Timer timer = timers.after(time, () -> enqueue(key));
    Timers.Timer before = waiting.put(key, timer);
    if (before != null) {
      before.cancel();
    }
  }

  /**
   * Any address will do that looks like one of a pod, as long as it is not given twice at a time.
   */
  private String nextIp() {
    long number = ips.incrementAndGet() % (200L * 250 * 250);
    return "10." + (50 + number / 62_500) + "." + number / 250 % 250 + "." + (number % 250 + 1);
  }

  /** Writes what is being written and no more. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    pods.close();
    for (int n = 0; n < WRITERS; n++) {
      queue.add(new ObjectKey(PODS, "root", "", "closed"));
    }
    ended.await();
  }
}
