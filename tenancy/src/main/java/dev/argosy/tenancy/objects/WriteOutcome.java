package dev.argosy.tenancy.objects;

import dev.argosy.model.object.ObjectKey;
import java.util.Map;
import java.util.Optional;

/** What came of a transaction of writes. */
public sealed interface WriteOutcome {

  /** All were applied and carry this revision. */
  record Committed(long revision) implements WriteOutcome {}

  /** None was applied; here is what the keys hold. */
  record Refused(Map<ObjectKey, Optional<StoredDocument>> current) implements WriteOutcome {
    public Refused {
      current = Map.copyOf(current);
    }
  }
}
