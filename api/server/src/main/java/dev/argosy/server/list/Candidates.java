package dev.argosy.server.list;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.Requirement;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoredValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All objects that a list may mean, in the order of keys, at one revision.
 *
 * @param snapshot where they come from; null if from the store
 */
record Candidates(Iterator<ApiObject> objects, long revision, @Nullable CacheSnapshot snapshot) {

  private static final int PIECE = 500;

  /** Those of a snapshot behind a key; through an index if the selection allows it. */
  static Candidates of(
      View view, Selection selection, CacheSnapshot snapshot, @Nullable ObjectKey after) {
    return new Candidates(
        iterator(view, selection, snapshot, after), snapshot.revision(), snapshot);
  }

  private static Iterator<ApiObject> iterator(
      View view, Selection selection, CacheSnapshot snapshot, @Nullable ObjectKey after) {
    if (view.reach().byNamespace()) {
      return view.complete(InReach.of(view, selection, snapshot, after), after);
    }
    if (after != null || !view.presets().isEmpty()) {
      return view.complete(
          snapshot.list(view.cluster(), view.namespace(), after).iterator(), after);
    }
    if (selection.node().isPresent()) {
      return snapshot.onNode(selection.node().get()).stream()
          .filter(object -> view.contains(object.key()))
          .iterator();
    }
    String namespace = namespace(view, selection);
    boolean placed = !namespace.isEmpty() || !view.kind().type().namespaced();
    if (selection.name().isPresent() && placed && !view.allClusters()) {
      return named(view, namespace, selection.name().get(), snapshot);
    }
    Optional<Requirement> label = selection.label();
    return label.isPresent() && !view.allClusters()
        ? labelled(view, namespace, label.get(), snapshot)
        : snapshot.list(view.cluster(), namespace).iterator();
  }

  /** The only namespace that can match; empty if there may be several, or none at all. */
  private static String namespace(View view, Selection selection) {
    return view.namespace().isEmpty() && view.kind().type().namespaced()
        ? selection.namespace().orElse("")
        : view.namespace();
  }

  private static Iterator<ApiObject> named(
      View view, String namespace, String name, CacheSnapshot snapshot) {
    if (name.isEmpty()) {
      return Collections.emptyIterator();
    }
    ObjectKey key = new ObjectKey(view.kind().storage(), view.cluster(), namespace, name);
    return snapshot.get(key).stream().iterator();
  }

  /** No object has two values of a label, so none comes twice. */
  private static Iterator<ApiObject> labelled(
      View view, String namespace, Requirement label, CacheSnapshot snapshot) {
    List<ApiObject> found = new ArrayList<>();
    for (String value : label.values()) {
      found.addAll(snapshot.labelled(view.cluster(), namespace, label.key(), value));
    }
    if (label.values().size() > 1) {
      found.sort(Comparator.comparing(ApiObject::key));
    }
    return found.iterator();
  }

  /** Those of the store's history, read piece by piece; empty if it no longer reaches back. */
  static Optional<Candidates> ofHistory(
      View view, ResourceStore store, long revision, @Nullable ObjectKey after) {
    try {
      Iterator<ApiObject> stored = new History(view, store, revision, after);
      return Optional.of(new Candidates(view.complete(stored, after), revision, null));
    } catch (CompactedException e) {
      return Optional.empty();
    }
  }

  /** About how many there are. */
  int count(View view) {
    return snapshot == null ? PIECE : snapshot.count(view.cluster(), view.namespace());
  }

  @Nullable Long countAfter(View view, ObjectKey last) {
    if (snapshot == null || view.reach().objects() != null) {
      return null;
    }
    return view.reach().whole()
        ? (long) snapshot.countAfter(view.cluster(), view.namespace(), last)
        : InReach.countAfter(view, snapshot, last);
  }

  private static final class History implements Iterator<ApiObject> {
    private final View view;
    private final ResourceStore store;
    private final long revision;
    private Iterator<StoredValue> values = Collections.emptyIterator();
    private @Nullable ObjectKey last;
    private boolean more = true;

    History(View view, ResourceStore store, long revision, @Nullable ObjectKey after) {
      this.view = view;
      this.store = store;
      this.revision = revision;
      this.last = after;
      read();
    }

    private void read() {
      if (view.reach().byNamespace() && view.kind().type().namespaced()) {
        Optional<ObjectKey> next = InReach.start(view, last);
        if (next.isEmpty()) {
          more = false;
          return;
        }
        last = next.get();
      }
      StorePage page = store.list(view.kind().storage(), view.cluster(), revision, last, PIECE);
      if (!page.values().isEmpty()) {
        last = page.values().getLast().key();
      }
      more = page.more();
      values = page.values().stream().filter(this::shown).iterator();
    }

    /** Whoever looks at all clusters is spared what cannot be read, as in the caches. */
    private boolean shown(StoredValue value) {
      return view.contains(value.key()) && (value.readable() || !view.allClusters());
    }

    @Override
    public boolean hasNext() {
      while (!values.hasNext() && more) {
        read();
      }
      return values.hasNext();
    }

    @Override
    public ApiObject next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      StoredValue value = values.next();
      return ApiObject.ofStored(value.key(), value.revision(), value.value());
    }
  }
}
