package dev.argosy.tenancy.objects;

import dev.argosy.model.object.ObjectKey;

/** One entry of the change log. */
public sealed interface LoggedChange {

  long revision();

  record Stored(StoredDocument stored) implements LoggedChange {
    @Override
    public long revision() {
      return stored.revision();
    }
  }

  record Removed(ObjectKey key, long revision) implements LoggedChange {}
}
