package dev.argosy.server.access;

import dev.argosy.model.object.ApiObject;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a user's right to list or watch a collection goes: over all of it, over some namespaces,
 * or over those objects that concern them.
 *
 * @param whole whether there is no limit; all else then means nothing
 * @param namespaces those that the user may see, in order; not to be changed
 * @param objects tells those that concern the user; null if namespaces decide
 * @param asOf the user's rights of that moment, as of {@link RightsHistory#stamp}
 */
public record Reach(
    boolean whole, NavigableSet<String> namespaces, @Nullable Seen objects, Object asOf) {

  /** Everything. */
  public static final Reach WHOLE = new Reach(true, Collections.emptyNavigableSet(), null, "");

  /** Nothing. */
  public static final Reach NONE = new Reach(false, Collections.emptyNavigableSet(), null, "");

  /** Which objects a user sees, by what these say; equal ones see the same. */
  public interface Seen {
    boolean sees(ApiObject object);
  }

  /** Some namespaces. */
  public static Reach of(Collection<String> namespaces, Object asOf) {
    NavigableSet<String> seen = Collections.unmodifiableNavigableSet(new TreeSet<>(namespaces));
    return new Reach(false, seen, null, asOf);
  }

  /** Some objects, wherever they are. */
  public static Reach of(Seen objects, Object asOf) {
    return new Reach(false, Collections.emptyNavigableSet(), objects, asOf);
  }

  public boolean none() {
    return !whole && objects == null && namespaces.isEmpty();
  }

  /** Whether only some namespaces are to be looked at. */
  public boolean byNamespace() {
    return !whole && objects == null;
  }

  /** Whether something in a namespace may be seen. */
  public boolean sees(String namespace) {
    return !byNamespace() || namespaces.contains(namespace);
  }

  /** Whether both show the same, whenever they were found out. */
  public boolean showsAs(Reach other) {
    return whole == other.whole
        && namespaces.equals(other.namespaces)
        && Objects.equals(objects, other.objects);
  }
}
