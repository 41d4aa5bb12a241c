package dev.argosy.store.spi;

import dev.argosy.model.object.ObjectKey;

/** One change as a watch reports it. */
public sealed interface StoreEvent {

  ObjectKey key();

  long revision();

  record Put(StoredValue stored) implements StoreEvent {
    @Override
    public ObjectKey key() {
      return stored.key();
    }

    @Override
    public long revision() {
      return stored.revision();
    }
  }

  record Deleted(ObjectKey key, long revision) implements StoreEvent {}
}
