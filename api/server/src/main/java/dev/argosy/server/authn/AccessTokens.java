package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import java.util.Optional;

/** Tokens that users made for programs. Asked by many threads; answers from memory. */
public interface AccessTokens {

  /** There are none. */
  AccessTokens NONE =
      new AccessTokens() {
        @Override
        public boolean looksLike(String token) {
          return false;
        }

        @Override
        public Checked check(String token) {
          return new Checked.Bad("there are no access tokens");
        }

        @Override
        public Optional<String> homeOf(UserInfo user) {
          return Optional.empty();
        }

        @Override
        public void loggedIn(UserInfo user) {}
      };

  /** What checking found. */
  sealed interface Checked {
    /** It is good, and whom it stands for. */
    record Good(UserInfo user) implements Checked {}

    /**
     * It is not.
     *
     * @param why holds nothing of it
     */
    record Bad(String why) implements Checked {}
  }

  /** Whether it can be nothing else. */
  boolean looksLike(String token);

  Checked check(String token);

  /** The cluster of the token that the identity came with; empty if it came with none. */
  Optional<String> homeOf(UserInfo user);

  /** Hears what an identity provider says of a user now; must not block. */
  void loggedIn(UserInfo user);
}
