package dev.argosy.server.access;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How far a user's right to list or watch a collection goes: over all of it, or over some
 * namespaces.
 *
 * @param whole whether there is no limit; the namespaces then mean nothing
 * @param namespaces those that the user may see, in order; not to be changed
 * @param asOf the user's rights of that moment, as of {@link RightsHistory#stamp}
 */
public record Reach(boolean whole, NavigableSet<String> namespaces, Object asOf) {

  /** Everything. */
  public static final Reach WHOLE = new Reach(true, Collections.emptyNavigableSet(), "");

  /** Nothing. */
  public static final Reach NONE = new Reach(false, Collections.emptyNavigableSet(), "");

  /** Some namespaces. */
  public static Reach of(Collection<String> namespaces, Object asOf) {
    return new Reach(false, Collections.unmodifiableNavigableSet(new TreeSet<>(namespaces)), asOf);
  }

  public boolean none() {
    return !whole && namespaces.isEmpty();
  }

  public boolean sees(String namespace) {
    return whole || namespaces.contains(namespace);
  }

  /** Whether both show the same, whenever they were found out. */
  public boolean showsAs(Reach other) {
    return whole == other.whole && namespaces.equals(other.namespaces);
  }
}
