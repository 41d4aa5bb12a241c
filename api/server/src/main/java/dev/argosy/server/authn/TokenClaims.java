package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a token with a good signature says.
 *
 * @param audiences whom it was made for
 * @param bound objects that must exist for as long as the token is to be good
 */
record TokenClaims(UserInfo user, Set<String> audiences, Instant expires, List<Bound> bound) {

  /** An object that a token lives and dies with. */
  sealed interface Bound {

    ObjectKey key();

    /** It must be there with this uid. */
    record ByUid(ObjectKey key, String uid) implements Bound {}

    /**
     * A secret that must hold the token itself.
     *
     * @param hash of the token, see {@link CheckedTokens#hash}
     */
    record Copy(ObjectKey key, String hash) implements Bound {}
  }

  TokenClaims {
    audiences = Set.copyOf(audiences);
    bound = List.copyOf(bound);
  }

  boolean madeFor(Set<String> accepted) {
    return audiences.stream().anyMatch(accepted::contains);
  }
}
