package dev.argosy.server.authz;

import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.Reach;
import dev.argosy.server.access.RightsHistory;
import java.util.Optional;

/**
 * Stands before everything that gives rights: what the scope of an access token does not include is
 * refused, whoever would allow it. Costs nothing without a token.
 */
public final class BoundedAuthorizer implements Authorizer {

  private static final Decision REFUSED =
      Decision.deny("the scope of the access token does not include it");

  private final Authorizer rights;
  private final Bounds bounds;

  public BoundedAuthorizer(Authorizer rights, Bounds bounds) {
    this.rights = rights;
    this.bounds = bounds;
  }

  private boolean refuses(Attributes asked) {
    Optional<Bound> bound = bounds.of(asked.user());
    return bound.isPresent() && !bound.get().allows(asked);
  }

  @Override
  public Decision authorize(Attributes asked) {
    return refuses(asked) ? REFUSED : rights.authorize(asked);
  }

  @Override
  public Reach reach(Attributes asked) {
    return refuses(asked) ? Reach.NONE : rights.reach(asked);
  }

  @Override
  public boolean sharesObjects(Attributes asked) {
    return rights.sharesObjects(asked);
  }

  @Override
  public RightsHistory history() {
    return rights.history();
  }
}
