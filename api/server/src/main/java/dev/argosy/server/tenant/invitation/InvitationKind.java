package dev.argosy.server.tenant.invitation;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.member.Invitation;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Invitations say who invites, and end; of a tenant not too many wait. */
public final class InvitationKind implements KindRules {

  public static final GroupResource RESOURCE = Invitation.RESOURCE;

  /** So long one can be accepted that does not say. */
  static final Duration USUAL = Duration.ofDays(7);

  static final Duration LONGEST = Duration.ofDays(90);

  /**
   * So many invitations to a tenant may wait for an answer. Those being written at the same time
   * are not counted.
   */
  static final int MOST = 500;

  /** The label by which a tenant's invitations are found. */
  private static final String TENANT = "tenancy.argosy.dev/tenant";

  private static final String ACCEPT_BY = "spec.acceptBy";

  private final ClusterDirectory clusters;
  private final ResourceCaches caches;
  private final Clock clock;

  public InvitationKind(ClusterDirectory clusters, ResourceCaches caches, Clock clock) {
    this.clusters = clusters;
    this.caches = caches;
    this.clock = clock;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    ObjectNode spec = object.withObject("spec");
    String tenant = spec.path("tenant").asString("");
    if (waiting(tenant) >= MOST) {
      String why = "at most " + MOST + " invitations to a tenant may wait; delete some";
      throw Status.forbidden(RESOURCE, write.name(), why).asException();
    }
    spec.put("username", write.user().name());
    if (spec.path("acceptBy").asString("").isEmpty()) {
      Instant until = clock.instant().plus(USUAL).truncatedTo(ChronoUnit.SECONDS);
      spec.put("acceptBy", until.toString());
    }
    label(object, tenant);
    object.withObject("status").put("phase", Invitation.Phase.PENDING.text());
    String uid = object.path("metadata").path("uid").asString("");
    String tenantUid = cluster(tenant).map(LogicalCluster::uid).orElse("");
    claims.put(Inviter.key(uid), new Inviter(write.user(), tenantUid).document(uid));
  }

  private long waiting(String tenant) {
    return caches
        .of(RESOURCE)
        .snapshot()
        .labelled(ClusterDirectory.ROOT, "", TENANT, tenant)
        .stream()
        .filter(one -> Invitation.of(one.tree()).phase() == Invitation.Phase.PENDING)
        .count();
  }

  private static void label(ObjectNode object, String tenant) {
    object.withObject("metadata").withObject("labels").put(TENANT, tenant);
  }

  private Optional<LogicalCluster> cluster(String tenant) {
    return tenant.equals(ClusterDirectory.ROOT) ? Optional.empty() : clusters.find(tenant);
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    label(object, old.path("spec").path("tenant").asString(""));
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    if (old != null) {
      return List.of();
    }
    String tenant = object.path("spec").path("tenant").asString("");
    Optional<LogicalCluster> cluster = cluster(tenant);
    if (cluster.isEmpty() || cluster.get().phase() == Phase.TERMINATING) {
      String why = "Invalid value: \"" + tenant + "\": must be a tenant that exists";
      return List.of(new Cause("FieldValueInvalid", why, "spec.tenant"));
    }
    return end(object.path("spec").path("acceptBy").asString(""));
  }

  private List<Cause> end(String text) {
    Instant end;
    try {
      end = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return List.of(
          new Cause("FieldValueInvalid", "Invalid value: \"" + text + "\": no time", ACCEPT_BY));
    }
    Instant now = clock.instant();
    if (end.isAfter(now) && !end.isAfter(now.plus(LONGEST))) {
      return List.of();
    }
    String why = "must lie in the future, at most " + LONGEST.toDays() + " days from now";
    return List.of(
        new Cause("FieldValueInvalid", "Invalid value: \"" + text + "\": " + why, ACCEPT_BY));
  }

  @Override
  public void beforeRemoval(Claims claims, String cluster, ObjectNode object) {
    claims.release(Inviter.key(object.path("metadata").path("uid").asString("")));
  }
}
