package dev.argosy.server.authz;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.access.ObjectRights;
import dev.argosy.server.access.Reach;
import dev.argosy.server.access.RightsHistory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Roles first; what they refuse in the platform's own cluster may be allowed to a user whom the
 * object concerns. Costs nothing where roles allow.
 */
public final class ObjectAuthorizer implements Authorizer {

  private final Authorizer roles;
  private final ObjectLookup objects;
  private final Map<String, ObjectRights> byResource;

  public ObjectAuthorizer(Authorizer roles, ObjectLookup objects, List<ObjectRights> rights) {
    this.roles = roles;
    this.objects = objects;
    this.byResource =
        rights.stream().collect(toUnmodifiableMap(r -> r.resource().resource(), r -> r));
  }

  @Override
  public Decision authorize(Attributes asked) {
    Decision decision = roles.authorize(asked);
    if (decision.allowed()) {
      return decision;
    }
    ObjectRights rights = rights(asked);
    return rights == null ? decision : besides(asked, rights).map(Decision::allow).orElse(decision);
  }

  private @Nullable ObjectRights rights(Attributes asked) {
    ObjectRights rights = byResource.get(asked.resource());
    UserInfo user = asked.user();
    boolean concerned =
        rights != null
            && asked.group().equals(rights.resource().group())
            && asked.cluster().equals(ClusterDirectory.ROOT)
            && user.inGroup(UserInfo.AUTHENTICATED)
            && ClusterScope.of(user).isEmpty();
    return concerned ? rights : null;
  }

  private Optional<String> besides(Attributes asked, ObjectRights rights) {
    if (asked.name().isEmpty()) {
      boolean create = asked.verb().equals("create") && asked.subresource().isEmpty();
      return create ? rights.toCreate(asked.user()) : Optional.empty();
    }
    ObjectKey key = new ObjectKey(rights.storage(), ClusterDirectory.ROOT, "", asked.name());
    Function<ApiObject, Optional<String>> why =
        object -> rights.toUse(asked.user(), asked.verb(), asked.subresource(), object);
    Optional<String> used = objects.find(key, object -> why.apply(object).isPresent()).flatMap(why);
    return used.isPresent() || !asked.subresource().isEmpty()
        ? used
        : rights
            .toFind(asked.user(), asked.verb(), asked.name())
            .filter(reason -> objects.find(key).isEmpty());
  }

  @Override
  public boolean sharesObjects(Attributes asked) {
    return rights(asked) != null || roles.sharesObjects(asked);
  }

  @Override
  public Reach reach(Attributes asked) {
    ObjectRights rights = rights(asked);
    return rights == null
        ? roles.reach(asked)
        : Reach.of(rights.seenBy(asked.user()), history().stamp(asked.cluster()));
  }

  @Override
  public RightsHistory history() {
    return roles.history();
  }
}
