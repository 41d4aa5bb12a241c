package dev.argosy.server.tenant.invitation;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.access.PlatformLoops;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import dev.argosy.server.tenant.invitation.Acceptances.Acceptance;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.member.Invitation;
import dev.argosy.tenancy.tenant.Tenant;
import dev.argosy.tenancy.tenant.TenantPhase;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Member that an invitation offers is made only while that waits for an answer and its tenant
 * is in order, and notes in it that it was accepted: all in one transaction.
 */
public final class AcceptedMember implements KindRules {

  private final ResourceStore store;
  private final ClusterDirectory clusters;
  private final Acceptances acceptances;
  private final Clock clock;

  /**
   * @param store of the platform's own kinds
   */
  public AcceptedMember(
      ResourceStore store, ClusterDirectory clusters, Acceptances acceptances, Clock clock) {
    this.store = store;
    this.clusters = clusters;
    this.acceptances = acceptances;
    this.clock = clock;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    Optional<Acceptance> acceptance = acceptances.by(write.user(), write.name());
    if (acceptance.isPresent()) {
      accept(acceptance.get(), claims, object);
    } else if (write.user().equals(PlatformLoops.INVITATIONS)) {
      throw Status.forbidden(write.kind().type().groupResource(), write.name(), "nobody accepted")
          .asException();
    }
  }

  private void accept(Acceptance acceptance, Claims claims, ObjectNode member) {
    Invitation invitation = acceptance.invitation();
    requireTenant(acceptance, claims);
    ObjectKey key = InvitationAnswer.key(invitation.name());
    StoredValue value = store.get(key).orElseThrow(() -> refused(invitation, "it was revoked"));
    ObjectNode object = Json.parse(value.value());
    Invitation now = Invitation.of(object);
    if (!now.uid().equals(invitation.uid()) || object.path("metadata").has("deletionTimestamp")) {
      throw refused(invitation, "it was revoked");
    }
    if (now.phase() != Invitation.Phase.PENDING || now.over(clock.instant())) {
      throw refused(invitation, "it was answered, or is over");
    }
    InvitationAnswer.enter(object, Invitation.Phase.ACCEPTED, acceptance.acceptor(), clock);
    String name = member.path("metadata").path("name").asString("");
    object.withObject("status").put("member", name);
    claims.update(key, value.revision(), Json.canonical(object));
  }

  /** A tenant above it may be suspended, too, which the directory knows. */
  private void requireTenant(Acceptance acceptance, Claims claims) {
    Invitation invitation = acceptance.invitation();
    String name = invitation.offer().tenant();
    ObjectKey key = new ObjectKey(Tenant.RESOURCE, ClusterDirectory.ROOT, "", name);
    Optional<StoredValue> value = store.get(key);
    Optional<Tenant> tenant =
        value
            .map(stored -> Tenant.of(Json.parse(stored.value())))
            .filter(found -> found.uid().equals(acceptance.inviter().tenantUid()));
    if (tenant.isEmpty()) {
      throw refused(invitation, "the tenant " + name + " is gone");
    }
    boolean active =
        tenant.get().phase() == TenantPhase.ACTIVE
            && !tenant.get().held()
            && clusters
                .find(name)
                .map(LogicalCluster::phase)
                .filter(Phase.ACTIVE::equals)
                .isPresent();
    if (!active) {
      throw refused(invitation, "the tenant " + name + " is suspended, or is to be deleted");
    }
    claims.unchanged(key, value.get().revision());
  }

  private static StatusException refused(Invitation invitation, String why) {
    return Status.conflict(Invitation.RESOURCE, invitation.name(), why).asException();
  }
}
