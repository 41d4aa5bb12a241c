package dev.argosy.server.tenant.invitation;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ObjectRights;
import dev.argosy.server.access.Reach;
import dev.argosy.tenancy.member.Invitation;
import java.util.Optional;
import java.util.Set;

/**
 * What invitations allow besides roles: who has the address of one sees it and answers it; what
 * members may do with those of their tenant, their roles in it say.
 */
public final class InvitationRights implements ObjectRights {

  private static final Set<String> READ = Set.of("get", "watch");
  private static final Set<String> ANSWERS = Set.of("accept", "decline");

  private final ObjectRights ofTenants;

  /**
   * @param ofTenants what roles in the tenants allow
   */
  public InvitationRights(ObjectRights ofTenants) {
    this.ofTenants = ofTenants;
  }

  @Override
  public GroupResource resource() {
    return Invitation.RESOURCE;
  }

  @Override
  public Optional<String> toCreate(UserInfo user) {
    return ofTenants.toCreate(user);
  }

  @Override
  public Optional<String> toUse(UserInfo user, String verb, String subresource, ApiObject object) {
    boolean concerns =
        subresource.isEmpty()
            ? READ.contains(verb)
            : ANSWERS.contains(subresource) && verb.equals("create");
    return concerns && InvitationAnswer.isFor(user, Invitation.of(object.tree()))
        ? Optional.of("it is for the user's address")
        : ofTenants.toUse(user, verb, subresource, object);
  }

  @Override
  public Optional<String> toFind(UserInfo user, String verb, String name) {
    return ofTenants.toFind(user, verb, name);
  }

  @Override
  public Reach.Seen seenBy(UserInfo user) {
    return user.verifiedEmail().isEmpty()
        ? ofTenants.seenBy(user)
        : new Own(user.verifiedEmail(), ofTenants.seenBy(user));
  }

  /** Those for an address, and others. */
  private record Own(String email, Reach.Seen others) implements Reach.Seen {
    @Override
    public boolean sees(ApiObject object) {
      return Invitation.of(object.tree()).offer().email().equals(email) || others.sees(object);
    }
  }
}
