package dev.argosy.server.list;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.cache.CacheSnapshot;
import java.util.Collections;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The objects of those namespaces to which a user's right goes, in the order of keys. No other
 * namespace is visited, so what it holds does not even cost time.
 */
final class InReach implements Iterator<ApiObject> {

  /** Comes before every name. */
  private static final String FIRST = "\u0001";

  private final Iterator<String> places;
  private final Function<String, Iterator<ApiObject>> objectsIn;
  private Iterator<ApiObject> current = Collections.emptyIterator();

  private InReach(Iterator<String> places, Function<String, Iterator<ApiObject>> objectsIn) {
    this.places = places;
    this.objectsIn = objectsIn;
  }

  /** Those of a snapshot behind a key; of one namespace only if the selection means no other. */
  static Iterator<ApiObject> of(
      View view, Selection selection, CacheSnapshot snapshot, @Nullable ObjectKey after) {
    Optional<String> only =
        view.kind().type().namespaced() ? selection.namespace() : selection.name();
    NavigableSet<String> all = view.reach().namespaces();
    NavigableSet<String> left = after == null ? all : all.tailSet(view.place(after), true);
    Iterator<String> places =
        only.isEmpty() ? left.iterator() : only.filter(left::contains).stream().iterator();
    return new InReach(places, place -> objects(view, snapshot, place, after));
  }

  private static Iterator<ApiObject> objects(
      View view, CacheSnapshot snapshot, String place, @Nullable ObjectKey after) {
    if (view.kind().type().namespaced()) {
      return snapshot.list(view.cluster(), place, after).iterator();
    }
    return after != null && after.name().equals(place)
        ? Collections.emptyIterator()
        : snapshot.get(key(view, "", place)).stream().iterator();
  }

  private static ObjectKey key(View view, String namespace, String name) {
    return new ObjectKey(view.kind().storage(), view.cluster(), namespace, name);
  }

  /** How many follow a key. */
  static long countAfter(View view, CacheSnapshot snapshot, ObjectKey last) {
    boolean namespaced = view.kind().type().namespaced();
    long count = 0;
    for (String place : view.reach().namespaces().tailSet(view.place(last), namespaced)) {
      if (!namespaced) {
        count += snapshot.get(key(view, "", place)).isPresent() ? 1 : 0;
      } else if (place.equals(last.namespace())) {
        count += snapshot.countAfter(view.cluster(), place, last);
      } else {
        count += snapshot.count(view.cluster(), place);
      }
    }
    return count;
  }

  /**
   * Where to read on in the store behind a key, past namespaces that the user does not see; empty
   * at the end.
   */
  static Optional<ObjectKey> start(View view, @Nullable ObjectKey after) {
    NavigableSet<String> all = view.reach().namespaces();
    if (after != null && all.contains(after.namespace())) {
      return Optional.of(after);
    }
    String next = all.ceiling(after == null ? "" : after.namespace());
    return next == null ? Optional.empty() : Optional.of(key(view, next, FIRST));
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext() && places.hasNext()) {
      current = objectsIn.apply(places.next());
    }
    return current.hasNext();
  }

  @Override
  public ApiObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }
}
