package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import java.util.Optional;

/**
 * Where a user of an identity provider lands when the URL names no cluster: {@code root} for
 * platform administrators, the tenant for members of just one (those below it do not count); empty
 * otherwise.
 */
public interface HomeClusters {
  Optional<String> homeOf(UserInfo user);
}
