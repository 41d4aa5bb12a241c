package dev.argosy.model.client.fake;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.Fence;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API server's worth of state in memory. Clients of it, whoever they act as, see the same
 * objects and may do everything.
 */
public final class FakeApi implements ApiClients {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LULL = Duration.ofMillis(1);
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final Duration REST = Duration.ofMillis(20);

  /** A watch whose reader takes longer for what came is not waited for. */
  private static final Duration UNREAD = Duration.ofSeconds(2);

  final FakeStore store = new FakeStore();
  final FakeRules rules;
  final List<FakeRequest> writes = new CopyOnWriteArrayList<>();
  final Map<ObjectKey, String> logs = new ConcurrentHashMap<>();
  final Map<String, FakeAnswer> answers = new ConcurrentHashMap<>();
  final Map<String, FakeDocument> documents = new ConcurrentHashMap<>();
  volatile Fault fault = Fault.NONE;

  public FakeApi(Clock clock) {
    this.rules = new FakeRules(clock);
  }

  /** With these logical clusters, each with its four first namespaces. */
  public FakeApi(Clock clock, String... clusters) {
    this(clock);
    for (String cluster : clusters) {
      for (String namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
        addNamespace(cluster, namespace);
      }
    }
  }

  @Override
  public ApiClient as(UserInfo user) {
    return new FakeApiClient(this, user.name(), null);
  }

  @Override
  public ApiClients behind(Fence fence) {
    return new Fenced(this, fence);
  }

  private record Fenced(FakeApi api, Fence fence) implements ApiClients {
    @Override
    public ApiClient as(UserInfo user) {
      return new FakeApiClient(api, user.name(), fence);
    }

    @Override
    public ApiClients behind(Fence other) {
      return new Fenced(api, other);
    }
  }

  /** A client for the test itself. */
  public ApiClient client() {
    return new FakeApiClient(this, "test", null);
  }

  public void addNamespace(String cluster, String name) {
    ObjectNode namespace = Json.object();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    namespace
        .putObject("metadata")
        .put("name", name)
        .putObject("labels")
        .put("kubernetes.io/metadata.name", name);
    client().create(ResourceScope.cluster(NAMESPACES, cluster), namespace).orThrow();
  }

  /** Sets what {@link ApiClient#log} answers for a pod. */
  public void setLog(ObjectKey pod, String text) {
    logs.put(pod, text);
  }

  /**
   * Sets what is answered to posts to a subresource; with an empty subresource, to reviews; with
   * "create", to creations, where the object may say more than is kept. Other posts are answered
   * with NotFound, and reviews with "allowed".
   */
  public void setAnswer(GroupResource resource, String subresource, FakeAnswer answer) {
    answers.put(resource + "/" + subresource, answer);
  }

  /** Sets what {@link ApiClient#read} answers for a path; others are answered with NotFound. */
  public void setDocument(String path, FakeDocument document) {
    documents.put(path, document);
  }

  /** From now on requests are asked of this first. */
  public void setFault(Fault next) {
    fault = next;
  }

  /** All writes that changed something so far, oldest first. */
  public List<FakeRequest> writes() {
    return List.copyOf(writes);
  }

  /**
   * Waits until a condition holds, looking again after every change of any object, and now and then
   * for what changes nothing here.
   *
   * @return false if it did not come to hold in thirty seconds
   */
  public boolean await(BooleanSupplier condition) {
    return await(condition, GLANCE, () -> {});
  }

  /**
   * Waits as {@link #await(BooleanSupplier)} does, for a test in whose hands time is.
   *
   * @param lull called whenever nothing has changed for a moment and all watchers know of all
   *     changes, so that whoever is at work must be waiting for a timer; lets time pass
   */
  public boolean await(BooleanSupplier condition, Runnable lull) {
    return await(condition, LULL, lull);
  }

  private boolean await(BooleanSupplier condition, Duration moment, Runnable lull) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long seen = revision();
    long last = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      if (changes(seen, moment)) {
        last = System.nanoTime();
      } else if (isTakenIn(last)) {
        lull.run();
        last = System.nanoTime();
      }
      seen = revision();
    }
    return true;
  }

  /** Waits until nothing changes any more and all watchers know of all changes. */
  public void awaitRest() {
    long last = System.nanoTime();
    for (boolean rest = false; !rest; ) {
      if (changes(revision(), REST)) {
        last = System.nanoTime();
      } else {
        rest = isTakenIn(last);
      }
    }
  }

  /**
   * Waits until nothing goes on: nothing changes, all watchers know of all changes, and whoever
   * acts on them has done so.
   *
   * @param idle whether they have
   * @throws IllegalStateException if that does not come in thirty seconds
   */
  public void awaitIdle(BooleanSupplier idle) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long last = System.nanoTime();
    for (long now = revision(); !isIdle(now, last, idle); now = revision()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("it does not come to rest");
      }
      last = revision() == now ? last : System.nanoTime();
    }
  }

  private boolean isIdle(long now, long since, BooleanSupplier idle) {
    return !changes(now, LULL) && isTakenIn(since) && idle.getAsBoolean() && revision() == now;
  }

  /**
   * Whether all watchers have taken in what there is: on a machine with much to do a moment without
   * a change says little.
   *
   * @param since when something happened last
   */
  private boolean isTakenIn(long since) {
    store.lock.lock();
    try {
      if (System.nanoTime() - since > UNREAD.toNanos()) {
        store.forgetUnread();
      }
      return store.isTakenIn();
    } finally {
      store.lock.unlock();
    }
  }

  private long revision() {
    store.lock.lock();
    try {
      return store.revision();
    } finally {
      store.lock.unlock();
    }
  }

  private boolean changes(long since, Duration patience) {
    store.lock.lock();
    try {
      return store.awaitChange(since, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a change", e);
    } finally {
      store.lock.unlock();
    }
  }

  /** Ends all open watches, as a broken connection does. */
  public void cutWatches() {
    store.lock.lock();
    try {
      store.cutWatches();
    } finally {
      store.lock.unlock();
    }
  }

  /** Forgets the history: watches that are behind get 410. */
  public void compact() {
    store.lock.lock();
    try {
      store.compact();
    } finally {
      store.lock.unlock();
    }
  }
}
