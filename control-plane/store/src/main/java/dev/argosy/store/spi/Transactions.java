package dev.argosy.store.spi;

import dev.argosy.model.object.ObjectKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The limits of a transaction, the same for every store. */
public final class Transactions {

  private Transactions() {}

  /**
   * Refuses what no store takes.
   *
   * @throws IllegalArgumentException for no or too many changes, or a key that comes twice
   */
  public static void check(List<Change> changes) {
    long checks = changes.stream().filter(Change.Check.class::isInstance).count();
    long most = Math.max(checks, changes.size() - checks);
    if (changes.isEmpty() || most > ResourceStore.MAX_CHANGES) {
      throw new IllegalArgumentException("a transaction of " + changes.size() + " changes");
    }
    Set<ObjectKey> seen = new HashSet<>();
    for (Change change : changes) {
      if (!seen.add(change.key())) {
        throw new IllegalArgumentException("key twice in one transaction: " + change.key());
      }
    }
  }

  /** The bytes of all values. */
  public static long bytes(List<Change> changes) {
    long bytes = 0;
    for (Change change : changes) {
      bytes +=
          switch (change) {
            case Change.Create create -> create.value().length;
            case Change.Update update -> update.value().length;
            case Change.Delete delete -> 0;
            case Change.Check check -> 0;
          };
    }
    return bytes;
  }
}
