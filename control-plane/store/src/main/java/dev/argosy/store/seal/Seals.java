package dev.argosy.store.seal;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.store.spi.ValueTroubleException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.AEADBadTagException;

/**
 * Seals and opens values.
 *
 * @param resources what is sealed when it is written
 */
record Seals(
    ClusterKeys keys, Set<GroupResource> resources, SecureRandom random, Troubles troubles) {

  /**
   * A transaction as it goes to the store.
   *
   * @param checked the records that it relies on, by their places
   */
  record Sealed(List<Change> changes, Map<ObjectKey, Long> checked) {}

  boolean seals(List<Change> changes) {
    for (Change change : changes) {
      if (resources.contains(change.key().resource()) && writes(change)) {
        return true;
      }
    }
    return false;
  }

  private static boolean writes(Change change) {
    return change instanceof Change.Create || change instanceof Change.Update;
  }

  /**
   * Seals what is to be sealed.
   *
   * @throws ValueTroubleException if there is no key to do it with
   */
  Sealed seal(List<Change> changes) {
    List<Change> sealed = new ArrayList<>(changes.size() + 1);
    Map<ObjectKey, Long> checked = new LinkedHashMap<>();
    for (Change change : changes) {
      sealed.add(seal(change, checked));
    }
    checked.forEach((place, revision) -> sealed.add(new Change.Check(place, revision)));
    return new Sealed(sealed, checked);
  }

  private Change seal(Change change, Map<ObjectKey, Long> checked) {
    if (!resources.contains(change.key().resource())) {
      return change;
    }
    return switch (change) {
      case Change.Create(ObjectKey key, byte[] value, Duration lifetime) ->
          new Change.Create(key, seal(key, value, checked), lifetime);
      case Change.Update(ObjectKey key, long expected, byte[] value, Duration lifetime) ->
          new Change.Update(key, expected, seal(key, value, checked), lifetime);
      case Change.Delete delete -> delete;
      case Change.Check check -> check;
    };
  }

  private byte[] seal(ObjectKey key, byte[] plain, Map<ObjectKey, Long> checked) {
    try {
      ClusterKeys.Current current = keys.current(key.cluster(), key.resource());
      checked.put(current.place(), current.revision());
      return Envelope.seal(current.key(), key, plain, random);
    } catch (SealedException e) {
      throw ValueTroubleException.writing(key, String.valueOf(e.getMessage()));
    }
  }

  /** The value in the clear, or with its trouble; one that was never sealed as it is. */
  StoredValue open(StoredValue stored) {
    if (!stored.readable() || !Envelope.is(stored.value())) {
      troubles.clear(stored.key(), stored.revision());
      return stored;
    }
    ObjectKey key = stored.key();
    try {
      byte[] sealed = stored.value();
      byte[] plain = Envelope.open(keys.find(key.cluster(), Envelope.keyId(sealed)), key, sealed);
      troubles.clear(key, stored.revision());
      return new StoredValue(key, plain, stored.revision());
    } catch (SealedException e) {
      return trouble(stored, String.valueOf(e.getMessage()));
    } catch (AEADBadTagException e) {
      return trouble(
          stored,
          "its bytes in etcd were changed, or come from another object; restore it from a backup of"
              + " etcd, or remove its key from etcd");
    }
  }

  private StoredValue trouble(StoredValue stored, String message) {
    troubles.add(stored.key(), stored.revision(), message);
    return StoredValue.unreadable(stored.key(), stored.revision(), message);
  }
}
