package dev.argosy.server.tenant.invitation;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.member.Invitation;
import dev.argosy.tenancy.member.Invitation.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes in invitations that their time is over, and removes what was answered or over a month ago.
 * Nothing waits for this; any number of servers may do it at a time.
 */
public final class EndedInvitations {

  static final Duration KEPT = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(EndedInvitations.class);

  private final ApiClient client;
  private final Clock clock;

  public EndedInvitations(ApiClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Looks at all of them once. */
  public void clear() {
    Instant now = clock.instant();
    ResourceScope all = ResourceScope.cluster(Invitation.RESOURCE, ClusterDirectory.ROOT);
    for (ApiObject object : client.list(all, ListOptions.EVERYTHING).orThrow().items()) {
      Invitation invitation = Invitation.of(object.tree());
      if (invitation.over(now)) {
        end(object);
      } else if (invitation.phase() != Phase.PENDING && ended(object).isBefore(now.minus(KEPT))) {
        remove(object);
      }
    }
  }

  private static Instant ended(ApiObject object) {
    String at = object.tree().at("/status/conditions/0/lastTransitionTime").asString("");
    return at.isEmpty() ? Instant.MAX : Instant.parse(at);
  }

  private void end(ApiObject object) {
    ObjectNode tree = object.tree();
    InvitationAnswer.enter(tree, Phase.EXPIRED, "", clock);
    tell(object, client.updateStatus(object.key(), tree));
  }

  private void remove(ApiObject object) {
    DeleteOptions options =
        new DeleteOptions(null, null, object.meta().uid(), Long.toString(object.revision()));
    tell(object, client.delete(object.key(), options));
  }

  private static void tell(ApiObject object, ApiResult<ApiObject> result) {
    if (result instanceof ApiResult.Refused<ApiObject>(var status)) {
      LOG.debug("{} stays: {}", object.key(), status.message());
    }
  }
}
