package dev.argosy.server.tenant.invitation;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.PlatformLoops;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.tenancy.member.Invitation;
import dev.argosy.tenancy.member.Member;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The acceptances that this server is about to write: each makes a Member in the way that every
 * Member is made, and is known meanwhile by that Member's name. So all rules for Members hold, as
 * if the inviter made it now. Called by many threads.
 */
public final class Acceptances {

  private final Map<String, Acceptance> underWay = new ConcurrentHashMap<>();
  private volatile @Nullable ApiClient client;

  /**
   * Somebody accepts.
   *
   * @param acceptor who becomes a member
   */
  record Acceptance(Invitation invitation, Inviter inviter, String acceptor) {}

  /**
   * From now on invitations can be accepted.
   *
   * @param members as {@link PlatformLoops#INVITATIONS}
   */
  public void serve(ApiClient members) {
    client = members;
  }

  /** Makes the member, and notes it in the invitation; or says why neither was done. */
  ApiResult<ApiObject> write(Acceptance acceptance) {
    ApiClient members = client;
    if (members == null) {
      return ApiResult.refused(
          Status.of(Reason.SERVICE_UNAVAILABLE, "the server is still starting").withRetryAfter(1));
    }
    String name = acceptance.invitation.offer().tenant() + "." + UUID.randomUUID();
    underWay.put(name, acceptance);
    try {
      return members.create(
          ResourceScope.cluster(Member.RESOURCE, ClusterDirectory.ROOT), member(name, acceptance));
    } finally {
      underWay.remove(name);
    }
  }

  private static ObjectNode member(String name, Acceptance acceptance) {
    Invitation.Offer offer = acceptance.invitation.offer();
    ObjectNode member = Json.object();
    member.put("apiVersion", Member.RESOURCE.group() + "/v1").put("kind", "Member");
    member.putObject("metadata").put("name", name);
    ObjectNode spec = member.putObject("spec").put("tenant", offer.tenant());
    spec.put("role", offer.role());
    spec.putObject("subject").put("kind", "User").put("name", acceptance.acceptor);
    offer.term().expiresAt().ifPresent(end -> spec.put("expiresAt", end.toString()));
    return member;
  }

  /** Whose acceptance makes a member of that name; nothing if somebody else makes it. */
  Optional<Acceptance> by(UserInfo writer, String member) {
    return writer.equals(PlatformLoops.INVITATIONS)
        ? Optional.ofNullable(underWay.get(member))
        : Optional.empty();
  }

  /** By whose rights something is written: the inviter's for a Member that was offered. */
  public UserInfo giver(AdmissionRequest request) {
    return by(request.user(), request.target().name())
        .map(acceptance -> acceptance.inviter.user())
        .orElse(request.user());
  }
}
