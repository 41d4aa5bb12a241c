package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Tending;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import dev.argosy.server.quota.Waiting;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Lets the waiting pods of each tenant in, in their order, as soon as there is room. Who is first
 * and does not fit lets nobody past, or a large pod would wait for ever. A gang is let in as a
 * whole, at the place of its first pod; one of which too few pods are there lets others past. Runs
 * on every server. What it remembers is only when to look; a tenant without waiting pods costs
 * nothing.
 */
public final class QueueLoop implements AutoCloseable {

  private static final Tending.Crew CREW =
      new Tending.Crew("quota-queue", 2, Duration.ofMillis(200));

  /** Changes that come together are looked at once. */
  private static final Duration SOON = Duration.ofMillis(20);

  /** Room may come where nothing tells of it, such as when a tenant moves. */
  private static final Duration LATER = Duration.ofSeconds(10);

  /** So often, and so many of the first, are told their place anew. */
  private static final Duration TELL = Duration.ofSeconds(5);

  private static final int TOLD = 10;

  private final Waits waits;
  private final Entrance entrance;
  private final GangsInLine gangs;
  private final QuotaCounting counting;
  private final Tending tending = new Tending(CREW, this::tend);
  private final CacheFollower places;
  private final CacheFollower quotas;
  private final CacheFollower shares;
  private final CacheFollower groups;

  /** What the first of a tenant waits for. */
  private final Map<String, String> wanted = new ConcurrentHashMap<>();

  private final Map<String, Long> told = new ConcurrentHashMap<>();

  public QueueLoop(StoreRouter stores, ResourceCaches caches, Registry.RegistrySettings settings) {
    Objects objects = new Objects(stores, caches, Presets.NONE, settings.records().listener());
    this.counting = new QuotaCounting(objects, stores, caches, settings.kinds(), settings.clock());
    this.waits = new Waits(counting, objects);
    this.entrance =
        new Entrance(new Charging(objects, stores, counting, settings), settings.kinds());
    this.gangs = new GangsInLine(caches);
    this.groups = new CacheFollower(caches.of(GangsInLine.GROUPS), new Places());
    this.places = new CacheFollower(caches.of(Waiting.RESOURCE), new Places());
    this.quotas = new CacheFollower(caches.of(Quota.OF_TENANTS), new Quotas(quota -> quota.name()));
    this.shares = new CacheFollower(caches.of(Share.RESOURCE), new Quotas(ApiObject::cluster));
  }

  /** Begins; does not wait. */
  public void start() {
    tending.start();
    places.start();
    quotas.start();
    shares.start();
    groups.start();
  }

  @Override
  public void close() {
    places.close();
    quotas.close();
    shares.close();
    groups.close();
    tending.close();
  }

  private boolean tend(String cluster) {
    List<Waiting> line = waits.line(cluster);
    Set<ObjectKey> done = new HashSet<>();
    for (int i = 0; i < line.size(); i++) {
      Waiting first = line.get(i);
      if (!done.add(first.pod())) {
        continue;
      }
      List<Waiting> step = gangs.with(first, line.subList(i, line.size()));
      step.forEach(place -> done.add(place.pod()));
      if (step.isEmpty()) {
        entrance.tell(first, "waits for the other pods of its gang");
        continue;
      }
      Optional<QuotaFull> full = entrance.let(step);
      if (full.isPresent() && full.get().ever()) {
        wait(cluster, full.get().quota().name(), line.subList(i, line.size()));
        return true;
      }
    }
    wanted.remove(cluster);
    told.remove(cluster);
    if (!line.isEmpty()) {
      tending.putIn(cluster, LATER);
    }
    return true;
  }

  private void wait(String cluster, String quota, List<Waiting> line) {
    boolean known = quota.equals(wanted.put(cluster, quota));
    tending.putIn(cluster, known ? LATER : SOON); // room may have come before changes counted
    long now = counting.now();
    if (now - told.getOrDefault(cluster, 0L) >= TELL.toMillis()) {
      told.put(cluster, now);
      for (int i = 0; i < Math.min(TOLD, line.size()); i++) {
        entrance.tell(line.get(i), quota, i + 1);
      }
    }
  }

  private void changed(String quota) {
    wanted.forEach((cluster, name) -> {
      if (name.equals(quota)) {
        tending.putIn(cluster, SOON);
      }
    });
  }

  /** Names the tenants whose pods begin to wait, or stop. */
  private final class Places implements CacheFollower.Listener {

    @Override
    public void reset(CacheSnapshot state) {
      state.clusters().forEach(cluster -> tending.putIn(cluster, SOON));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      events.stream()
          .map(event -> event.object().cluster())
          .distinct()
          .forEach(cluster -> tending.putIn(cluster, SOON));
    }
  }

  /** Names the tenants that wait for a quota of which something else is used now, or bound. */
  private final class Quotas implements CacheFollower.Listener {

    private final Function<ApiObject, String> quota;

    Quotas(Function<ApiObject, String> quota) {
      this.quota = quota;
    }

    @Override
    public void reset(CacheSnapshot state) {
      wanted.keySet().forEach(cluster -> tending.putIn(cluster, SOON));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      events.forEach(event -> QueueLoop.this.changed(quota.apply(event.object())));
    }
  }
}
