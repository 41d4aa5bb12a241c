package dev.argosy.server.tenant.breakglass;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Tending;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.breakglass.BreakGlass;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells a tenant, by events in its cluster, that somebody took access and when that was over, and
 * writes the phase of the object. The access begins and ends without it.
 */
public final class BreakGlassController implements AutoCloseable {

  private static final Tending.Crew CREW =
      new Tending.Crew("break-glass", 1, Duration.ofSeconds(1));
  private static final GroupResource EVENTS = new GroupResource("", "events");
  private static final String NAMESPACE = "default";
  private static final String ACTIVE = "Active";

  private final ApiClient client;
  private final Clock clock;
  private final Tending tending = new Tending(CREW, this::reconcile);
  private final CacheFollower follower;

  public BreakGlassController(ApiClient client, ResourceCaches caches, Clock clock) {
    this.client = client;
    this.clock = clock;
    this.follower = new CacheFollower(caches.of(BreakGlass.RESOURCE), new Changes());
  }

  /** Begins; does not wait. */
  public void start() {
    follower.start();
    tending.start();
  }

  @Override
  public void close() {
    follower.close();
    tending.close();
  }

  private final class Changes implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      state.list(ClusterDirectory.ROOT, "").forEach(object -> tending.put(object.name()));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      events.forEach(event -> tending.put(event.object().name()));
    }
  }

  private boolean reconcile(String name) {
    ObjectKey key = new ObjectKey(BreakGlass.RESOURCE, ClusterDirectory.ROOT, "", name);
    Optional<ApiObject> found = client.get(key).orAbsent();
    if (found.isEmpty()) {
      return true;
    }
    ObjectNode object = found.get().tree();
    BreakGlass access = BreakGlass.of(object);
    Instant now = clock.instant();
    String uid = found.get().meta().uid();
    String before = object.path("status").path("phase").asString("");
    String phase = phase(access, now);
    if (phase.equals(before)) {
      wake(access, now);
      return true;
    }
    if (before.isEmpty()) {
      tell(access, uid, "BreakGlassBegan", began(access));
    }
    if (!phase.equals(ACTIVE)) {
      tell(access, uid, "BreakGlass" + phase, over(access, object));
    }
    object.withObject("status").put("phase", phase);
    client.updateStatus(key, object).orThrow();
    wake(access, now);
    return true;
  }

  private static String phase(BreakGlass access, Instant now) {
    return access.counts(now) ? ACTIVE : access.ended() ? "Ended" : "Expired";
  }

  private void wake(BreakGlass access, Instant now) {
    if (access.counts(now)) {
      tending.putIn(access.name(), Duration.between(now, access.expiresAt()).plusMillis(1));
    }
  }

  private static String began(BreakGlass access) {
    return "%s of the platform took %s access until %s: %s (BreakGlass %s)"
        .formatted(
            access.username(),
            access.role().text(),
            access.expiresAt(),
            access.reason(),
            access.name());
  }

  private static String over(BreakGlass access, ObjectNode object) {
    String by = object.path("spec").path("endedBy").asString("");
    return "the access of %s is over%s (BreakGlass %s)"
        .formatted(access.username(), by.isEmpty() ? "" : ", ended by " + by, access.name());
  }

  /** Once, however often it is tried; a tenant that is gone need not know. */
  private void tell(BreakGlass access, String uid, String reason, String message) {
    ResourceScope events = ResourceScope.namespace(EVENTS, access.tenant(), NAMESPACE);
    if (client.create(events, event(access, uid, reason, message))
            instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.ALREADY_EXISTS
        && status.reason() != Reason.NOT_FOUND
        && status.reason() != Reason.FORBIDDEN) {
      throw new StatusException(status);
    }
  }

  private ObjectNode event(BreakGlass access, String uid, String reason, String message) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode event = Json.object().put("apiVersion", "v1").put("kind", "Event");
    event
        .putObject("metadata")
        .put("name", "break-glass-" + uid + "-" + reason.toLowerCase(java.util.Locale.ROOT))
        .put("namespace", NAMESPACE);
    event
        .putObject("involvedObject")
        .put("apiVersion", BreakGlass.RESOURCE.group() + "/v1")
        .put("kind", "BreakGlass")
        .put("name", access.name())
        .put("uid", uid);
    event.put("type", "Warning").put("reason", reason).put("message", message);
    event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
    event.putObject("source").put("component", "argosy");
    return event;
  }
}
