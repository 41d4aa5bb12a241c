package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;
import java.util.Optional;

/**
 * Tells the agents of the platform's nodes by their identity. One of that name inside a tenant's
 * cluster is none.
 */
public final class NodeIdentity {

  private static final String USER = "system:node:";
  private static final String GROUP = "system:nodes";

  private NodeIdentity() {}

  /** The node's name, if the user is a node of the platform. */
  public static Optional<String> of(UserInfo user) {
    return user.name().length() > USER.length() && agent(user)
        ? Optional.of(user.name().substring(USER.length()))
        : Optional.empty();
  }

  /** Whether the user is a node of the platform, also one without a name. */
  public static boolean agent(UserInfo user) {
    return user.name().startsWith(USER)
        && user.inGroup(GROUP)
        && ClusterScope.of(user).filter(ClusterDirectory.ROOT::equals).isPresent();
  }
}
