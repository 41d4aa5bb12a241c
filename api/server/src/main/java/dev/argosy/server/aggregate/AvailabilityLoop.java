package dev.argosy.server.aggregate;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.DueNames;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the API servers of clusters again and again whether they are there and what they serve, and
 * writes down what changed. A cluster's servers are asked one after the other, so that one who is
 * slow costs nobody but its own cluster time. May run on several servers: all find the same.
 */
public final class AvailabilityLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AvailabilityLoop.class);
  private static final long AGAIN_MILLIS = 30_000;
  private static final long SOON_MILLIS = 1_000;
  private static final int MOST_DOUBLINGS = 5;

  private final Registrations registrations;
  private final Probe probe;
  private final RemoteDocuments documents;
  private final Writing writing;
  private final RandomGenerator random;
  private final DueNames due = new DueNames();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final ExecutorService looks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("registrations-", 0).factory());
  private final CacheFollower follower;
  private @Nullable Thread dispatcher;

  /** How conditions are written. */
  record Writing(ApiClient client, ResourceCaches caches, Clock clock) {}

  AvailabilityLoop(
      Registrations registrations,
      Probe probe,
      RemoteDocuments documents,
      Writing writing,
      RandomGenerator random) {
    this.registrations = registrations;
    this.probe = probe;
    this.documents = documents;
    this.writing = writing;
    this.random = random;
    this.follower = new CacheFollower(writing.caches().of(Registration.RESOURCE), new Listener());
  }

  /** Begins; does not wait. */
  public void start() {
    follower.start();
    dispatcher = Thread.ofVirtual().name("registrations").start(this::dispatch);
  }

  @Override
  public void close() {
    follower.close();
    Thread running = dispatcher;
    if (running != null) {
      running.interrupt();
    }
    looks.shutdownNow();
  }

  private final class Listener implements CacheFollower.Listener {

    @Override
    public void reset(CacheSnapshot state) {
      state.clusters().forEach(cluster -> due.put(cluster, 0));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      for (CacheEvent event : events) {
        if (concerns(event)) {
          failures.remove(event.object().cluster());
          due.put(event.object().cluster(), 0);
        }
      }
    }
  }

  /** What this loop writes itself is no news. */
  private static boolean concerns(CacheEvent event) {
    boolean remote =
        Registration.of(event.object()).isPresent()
            || event.previous().flatMap(Registration::of).isPresent();
    if (!remote || event.type() == CacheEvent.Type.DELETED) {
      return remote;
    }
    JsonNode spec = event.object().tree().path("spec");
    return event.previous().filter(old -> old.tree().path("spec").equals(spec)).isEmpty();
  }

  private void dispatch() {
    try {
      while (true) {
        String cluster = due.take();
        looks.execute(() -> look(cluster));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      LOG.debug("closed");
    }
  }

  private void look(String cluster) {
    boolean good = false;
    boolean any = true;
    try {
      List<Registration> all = registrations.named(cluster);
      any = !all.isEmpty();
      good = lookAt(cluster, all);
    } catch (RuntimeException e) {
      LOG.warn("the API servers of {} cannot be looked at, trying again", cluster, e);
    } finally {
      due.done(cluster);
    }
    if (any) {
      due.put(cluster, pause(cluster, good));
    } else {
      failures.remove(cluster);
      documents.forget(cluster);
    }
  }

  private long pause(String cluster, boolean good) {
    if (good) {
      failures.remove(cluster);
      return AGAIN_MILLIS * 4 / 5 + random.nextLong(AGAIN_MILLIS * 2 / 5);
    }
    int count = Math.min(failures.merge(cluster, 1, Integer::sum), MOST_DOUBLINGS);
    return Math.min(AGAIN_MILLIS, (SOON_MILLIS << (count - 1)) + random.nextLong(SOON_MILLIS));
  }

  private boolean lookAt(String cluster, List<Registration> all) {
    boolean good = true;
    List<Registration> inForce = registrations.of(cluster);
    documents.keep(cluster, inForce);
    for (Registration registration : all) {
      boolean ours = inForce.stream().anyMatch(r -> r.key().equals(registration.key()));
      Available found = ours ? asked(registration) : servedLocally(registration);
      good &= write(registration, found) && found.is();
      if (ours && found.is()) {
        good &= documents.refreshSpecs(registration);
      }
    }
    return good;
  }

  /** Whoever hears that a server is there finds it in discovery, too. */
  private Available asked(Registration registration) {
    Available found = probe.ask(registration);
    if (found.is()) {
      documents.refresh(registration);
    }
    return found;
  }

  private static Available servedLocally(Registration registration) {
    return Available.not(
        "ServedLocally", registration.groupVersion() + " is served by this cluster itself");
  }

  /** Whether the object says it now. */
  private boolean write(Registration registration, Available found) {
    return writing
        .caches()
        .of(Registration.RESOURCE)
        .snapshot()
        .get(registration.key())
        .map(object -> written(object, found))
        .orElse(true);
  }

  private boolean written(ApiObject object, Available found) {
    ObjectNode tree = object.tree();
    found.setIn(tree, writing.clock().instant());
    if (tree.equals(object.tree())) {
      return true;
    }
    boolean done =
        writing.client().updateStatus(object.key(), tree) instanceof ApiResult.Ok<ApiObject>;
    if (done) {
      LOG.info(
          "{}: APIService {} is {}available: {}",
          object.cluster(),
          object.name(),
          found.is() ? "" : "not ",
          found.reason());
    }
    return done;
  }
}
