package dev.argosy.bench.nodes;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Nodes as their agents keep them: the object, its status every five minutes, its lease every ten
 * seconds, spread evenly over these. One timer for all; so many requests at a time as there are
 * seats, each on a virtual thread. A heartbeat that finds no seat is left out.
 *
 * @see <a href="https://kubernetes.io/docs/reference/node/node-status/#heartbeats">Heartbeats</a>
 */
final class FakeNodes implements AutoCloseable {

  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
  private static final String ROOT = "root";
  private static final String NAMESPACE = "kube-node-lease";
  private static final int SEATS = 64;
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int BEATS_OF_A_STATUS = 30;

  private final List<NodeWords> nodes;
  private final Function<String, ApiClient> agents;
  private final ApiClient admin;
  private final Timers timers;
  private final Set<String> registered = ConcurrentHashMap.newKeySet();
  private final Semaphore seats = new Semaphore(SEATS);
  private final AtomicLong beats = new AtomicLong();
  private final AtomicLong missed = new AtomicLong();
  private final AtomicReference<String> trouble = new AtomicReference<>("");
  private Instant began = Instant.EPOCH;
  private long handedOut;
  private volatile boolean closed;

  /**
   * Nodes that are not registered yet.
   *
   * @param agents the client of a node's agent
   * @param admin removes nodes in the end, which agents may not
   */
  FakeNodes(
      List<NodeWords> nodes, Function<String, ApiClient> agents, ApiClient admin, Timers timers) {
    this.nodes = List.copyOf(nodes);
    this.agents = agents;
    this.admin = admin;
    this.timers = timers;
  }

  /**
   * Registers all and begins to beat. Nodes that are there are taken over.
   *
   * @throws Refusal if the API does not take one; the others may be there
   */
  void register() throws Refusal, InterruptedException {
    began = timers.now();
    timers.after(TICK, this::tick); // the first must not fall silent until the last is there
    Optional<String> problem = all(this::register);
    if (problem.isPresent()) {
      throw Refusal.of("the nodes cannot be registered: " + problem.get());
    }
  }

  private Optional<String> register(NodeWords node) {
    ApiClient agent = agents.apply(node.name());
    Instant now = timers.now();
    ResourceScope leases = ResourceScope.namespace(LEASES, ROOT, NAMESPACE);
    return refused(agent.create(ResourceScope.cluster(NODES, ROOT), node.node()))
        .or(() -> refused(agent.create(leases, node.lease(now))))
        .or(() -> refused(report(node, now)))
        .or(() -> {
          registered.add(node.name());
          return Optional.empty();
        });
  }

  private ApiResult<ApiObject> report(NodeWords node, Instant now) {
    return agents
        .apply(node.name())
        .patch(key(node), "status", Patch.merge(node.status(began, now)));
  }

  private static Optional<String> refused(ApiResult<ApiObject> result) {
    return result instanceof ApiResult.Refused<ApiObject>(Status status)
            && status.reason() != Reason.ALREADY_EXISTS
        ? Optional.of(status.message())
        : Optional.empty();
  }

  private static ObjectKey key(NodeWords node) {
    return new ObjectKey(NODES, ROOT, "", node.name());
  }

  private static ObjectKey lease(NodeWords node) {
    return new ObjectKey(LEASES, ROOT, NAMESPACE, node.name());
  }

  /** On the timers' thread. */
  private void tick() {
    if (closed) {
      return;
    }
    long due = Duration.between(began, timers.now()).toMillis() * nodes.size() / BEAT.toMillis();
    for (; handedOut < due; handedOut++) {
      if (seats.tryAcquire()) {
        long number = handedOut;
        Thread.ofVirtual().name("beat").start(() -> seated(number));
      } else {
        missed.incrementAndGet();
      }
    }
    timers.after(TICK, this::tick);
  }

  private void seated(long number) {
    try {
      beat(number);
    } finally {
      seats.release();
    }
  }

  /** A node that somebody took away is registered again, as an agent does. */
  private void beat(long number) {
    int which = (int) (number % nodes.size());
    NodeWords node = nodes.get(which);
    if (!registered.contains(node.name())) {
      return;
    }
    Instant now = timers.now();
    boolean report = (number / nodes.size() + which) % BEATS_OF_A_STATUS == 0;
    ApiClient agent = agents.apply(node.name());
    ApiResult<ApiObject> result = agent.patch(lease(node), "", Patch.merge(node.renewal(now)));
    if (report && result instanceof ApiResult.Ok<ApiObject>) {
      result = report(node, now);
    }
    Optional<String> problem =
        result.refusedFor(Reason.NOT_FOUND) ? register(node) : refused(result);
    problem.ifPresentOrElse(trouble::set, beats::incrementAndGet);
  }

  /** Heartbeats that the API took. */
  long beats() {
    return beats.get();
  }

  /** Those for which there was no seat: the API is slower than the nodes. */
  long missed() {
    return missed.get();
  }

  /** The last refusal of a heartbeat since this was asked; empty if there was none. */
  String trouble() {
    return trouble.getAndSet("");
  }

  /** Does a thing for each node, some at a time; answers the first problem, which ends it. */
  private Optional<String> all(Function<NodeWords, Optional<String>> action)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    Queue<String> problems = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(SEATS);
    for (int i = 0; i < SEATS; i++) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              for (int n = next.getAndIncrement();
                  n < nodes.size() && problems.isEmpty();
                  n = next.getAndIncrement()) {
                action.apply(nodes.get(n)).ifPresent(problems::add);
              }
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    return Optional.ofNullable(problems.peek());
  }

  /**
   * Ends the heartbeats and takes the nodes and their leases away.
   *
   * @return why one could not be; the others may still be there then
   */
  Optional<String> remove() throws InterruptedException {
    close();
    return all(node ->
        gone(admin.delete(key(node), DeleteOptions.DEFAULT))
            .or(() -> gone(admin.delete(lease(node), DeleteOptions.DEFAULT))));
  }

  private static Optional<String> gone(ApiResult<ApiObject> result) {
    return result.refusedFor(Reason.NOT_FOUND) ? Optional.empty() : refused(result);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    seats.acquire(SEATS); // a heartbeat under way would bring a lease back
    seats.release(SEATS);
  }
}
