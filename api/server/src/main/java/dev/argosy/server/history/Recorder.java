package dev.argosy.server.history;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.Vault;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.history.Head;
import dev.argosy.tenancy.history.NewRevision;
import dev.argosy.tenancy.history.RevisionChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what of a store's changes is recorded. No state. */
record Recorder(HistoryConfig config, Vault vault) {

  boolean records(ObjectKey key) {
    return config.records(key.resource());
  }

  /** What to record of events in their order, by what was recorded before. */
  List<NewRevision> of(List<StoreEvent> events, Map<ObjectKey, Head> before) {
    Map<ObjectKey, Head> heads = new HashMap<>(before);
    List<NewRevision> fresh = new ArrayList<>();
    for (StoreEvent event : events) {
      of(event, Optional.ofNullable(heads.get(event.key())))
          .ifPresent(revision -> {
            fresh.add(revision);
            follow(heads, revision);
          });
    }
    return fresh;
  }

  private Optional<NewRevision> of(StoreEvent event, Optional<Head> head) {
    if (head.isPresent() && head.get().revision() >= event.revision()) {
      return Optional.empty(); // a look over everything came first
    }
    return switch (event) {
      case StoreEvent.Put(StoredValue value) -> put(value, head, RevisionChange.CREATED, false);
      case StoreEvent.Deleted(ObjectKey key, long revision) ->
          head.map(last ->
              new NewRevision(
                  key, revision, last.uid(), RevisionChange.DELETED, false, Optional.empty()));
    };
  }

  /**
   * What to record of what is there, at a look over everything.
   *
   * @param first whether nothing was recorded before; otherwise what happened meanwhile is lost
   */
  List<NewRevision> ofLook(List<StoredValue> values, Map<ObjectKey, Head> heads, boolean first) {
    List<NewRevision> fresh = new ArrayList<>();
    RevisionChange unknown = first ? RevisionChange.FOUND : RevisionChange.CREATED;
    for (StoredValue value : values) {
      Optional<Head> head = Optional.ofNullable(heads.get(value.key()));
      if (head.isEmpty() || head.get().revision() < value.revision()) {
        put(value, head, unknown, !first).ifPresent(fresh::add);
      }
    }
    return fresh;
  }

  private Optional<NewRevision> put(
      StoredValue value, Optional<Head> head, RevisionChange unknown, boolean gap) {
    ObjectKey key = value.key();
    Substance now = Substance.of(vault, key, value.value());
    if (head.isPresent() && now.sameAs(vault, key, head.get())) {
      return Optional.empty();
    }
    boolean known = head.isPresent() && head.get().uid().equals(now.uid());
    return Optional.of(
        new NewRevision(
            key,
            value.revision(),
            now.uid(),
            known ? RevisionChange.UPDATED : unknown,
            gap,
            now.content(value.value())));
  }

  private static void follow(Map<ObjectKey, Head> heads, NewRevision revision) {
    if (revision.content().isEmpty()) {
      heads.remove(revision.key());
      return;
    }
    NewRevision.Content content = revision.content().get();
    byte[] sealed = content.keyId() == null ? null : content.bytes();
    heads.put(
        revision.key(), new Head(revision.revision(), revision.uid(), content.digest(), sealed));
  }
}
