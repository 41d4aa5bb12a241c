package dev.argosy.model.leader;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a lease object says.
 *
 * @param revision of the object; what others observe to change
 * @param holder empty if nobody
 */
record LeaseRecord(long revision, String holder, Duration duration, String acquired, int changes) {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** Of a lease that is there. */
  static LeaseRecord of(ApiObject lease) {
    JsonNode spec = lease.tree().path("spec");
    return new LeaseRecord(
        lease.revision(),
        spec.path("holderIdentity").asString(""),
        Duration.ofSeconds(spec.path("leaseDurationSeconds").asLong(15)),
        spec.path("acquireTime").asString(""),
        spec.path("leaseTransitions").asInt(0));
  }

  /** A new lease object, or the next state of this one if {@code current} is given. */
  static ObjectNode fill(
      ObjectNode lease,
      String holder,
      Duration duration,
      String acquired,
      int changes,
      Instant now) {
    ObjectNode spec = lease.putObject("spec");
    spec.put("holderIdentity", holder);
    spec.put("leaseDurationSeconds", wholeSeconds(duration));
    spec.put("acquireTime", acquired);
    spec.put("renewTime", time(now));
    spec.put("leaseTransitions", changes);
    return lease;
  }

  /** Rounded up: others must not wait for less than the holder counts on. */
  private static long wholeSeconds(Duration duration) {
    return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
  }

  static ObjectNode blank(String name, String namespace) {
    ObjectNode lease = Json.object();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", name).put("namespace", namespace);
    return lease;
  }

  static String time(Instant at) {
    return MICROS.format(at);
  }
}
