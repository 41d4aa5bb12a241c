package dev.argosy.server.authn;

import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ObjectLookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether what a token lives and dies with is still there. Asked on every request. */
final class BoundObjects {

  /** How long a token outlives the time at which its object was to go. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private final ObjectLookup objects;
  private final Clock clock;

  BoundObjects(ObjectLookup objects, Clock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  void require(TokenClaims claims) throws BadTokenException {
    for (TokenClaims.Bound one : claims.bound()) {
      Optional<ApiObject> object = objects.find(one.key());
      if (object.isEmpty()) {
        throw gone(one);
      }
      switch (one) {
        case TokenClaims.Bound.ByUid byUid -> {
          if (!object.get().meta().uid().equals(byUid.uid()) || over(object.get())) {
            throw gone(one);
          }
        }
        case TokenClaims.Bound.Copy copy -> LegacySecret.of(object.get()).require(copy.hash());
      }
    }
  }

  private boolean over(ApiObject object) {
    @Nullable Instant end = object.meta().deletionTimestamp();
    return end != null && end.isBefore(clock.instant().minus(LEEWAY));
  }

  private static BadTokenException gone(TokenClaims.Bound bound) {
    return new BadTokenException(
        bound.key().resource().equals(ServiceAccountNames.RESOURCE)
            ? "service account "
                + bound.key().namespace()
                + "/"
                + bound.key().name()
                + " has been deleted"
            : "service account token has been invalidated");
  }
}
