package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import java.util.Optional;
import java.util.function.Consumer;

/** What narrows the rights of some identities. Asked on every request; answers from memory. */
public interface Bounds {

  /** Nothing narrows anybody. */
  Bounds NONE =
      new Bounds() {
        @Override
        public Optional<Bound> of(UserInfo user) {
          return Optional.empty();
        }

        @Override
        public Object stamp() {
          return "";
        }

        @Override
        public void onChange(Consumer<String> listener) {}
      };

  /** What narrows this identity's rights; empty if nothing does. */
  Optional<Bound> of(UserInfo user);

  /** Stands for all of this as it is now; equal to another if nothing changed. */
  Object stamp();

  /**
   * Tells of each cluster in which somebody's rights changed, or {@link
   * dev.argosy.server.access.RightsHistory#EVERYWHERE}; must not block.
   */
  void onChange(Consumer<String> listener);
}
