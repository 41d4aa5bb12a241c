package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys of their own that a write takes or gives back in its transaction, such as the address of a
 * service. Belongs to one attempt of one write.
 */
public final class Claims {

  private static final byte[] VALUE =
      "{\"apiVersion\":\"argosy.dev/v1\",\"kind\":\"Claim\",\"metadata\":{}}"
          .getBytes(StandardCharsets.UTF_8);

  private final Objects objects;
  private final List<Change> changes = new ArrayList<>();

  Claims(Objects objects) {
    this.objects = objects;
  }

  public boolean taken(ObjectKey key) {
    return objects.exists(key);
  }

  /** Takes a key; the transaction fails if somebody has it. */
  public void take(ObjectKey key) {
    changes.add(new Change.Create(key, VALUE));
  }

  /** Writes a document beside the object; the transaction fails if there is one. */
  public void put(ObjectKey key, byte[] document) {
    changes.add(new Change.Create(key, document));
  }

  /** Changes another object with this one; the transaction fails if it is at another revision. */
  public void update(ObjectKey key, long revision, byte[] document) {
    changes.add(new Change.Update(key, revision, document));
  }

  /** Gives a key back; nothing happens if nobody had it. */
  public void release(ObjectKey key) {
    long revision = objects.revision(key);
    if (revision > 0) {
      changes.add(new Change.Delete(key, revision));
    }
  }

  /** The transaction fails if an object is no longer at that revision. */
  public void unchanged(ObjectKey key, long revision) {
    changes.add(new Change.Check(key, revision));
  }

  /** Writes something else with it. */
  void add(Change change) {
    changes.add(change);
  }

  List<Change> with(Change first) {
    List<Change> all = new ArrayList<>(changes.size() + 1);
    all.add(first);
    all.addAll(changes);
    return all;
  }
}
