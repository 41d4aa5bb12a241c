package dev.argosy.model.managed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of field paths, kept as a tree. A path may be in the set with or without paths
 * below it. Operations answer their argument itself where nothing changes, so that what is not
 * touched need not be written anew.
 */
public final class FieldSet {

  /** No path at all. */
  public static final FieldSet EMPTY = new FieldSet(new Entry[0]);

  /**
   * A step of the tree.
   *
   * @param member whether the path that ends here is in the set
   * @param below the paths that go on from here
   */
  record Entry(PathElement element, boolean member, FieldSet below) {
    boolean empty() {
      return !member && below.isEmpty();
    }
  }

  private final Entry[] entries;

  private FieldSet(Entry[] entries) {
    this.entries = entries;
  }

  /** The set of these steps, which may come in any order but each only once. */
  static FieldSet of(Collection<Entry> steps) {
    if (steps.isEmpty()) {
      return EMPTY;
    }
    Entry[] sorted = steps.toArray(Entry[]::new);
    Arrays.sort(sorted, (a, b) -> a.element().compareTo(b.element()));
    return new FieldSet(sorted);
  }

  /** The set of one path, given by the names of its fields. */
  public static FieldSet ofNames(String... names) {
    FieldSet set = EMPTY;
    for (int i = names.length - 1; i >= 0; i--) {
      Entry entry = new Entry(new PathElement.Name(names[i]), i == names.length - 1, set);
      set = new FieldSet(new Entry[] {entry});
    }
    return set;
  }

  public boolean isEmpty() {
    return entries.length == 0;
  }

  List<Entry> entries() {
    return Arrays.asList(entries);
  }

  /** Whether the path of just this step is in the set. */
  public boolean has(PathElement element) {
    Entry entry = find(element);
    return entry != null && entry.member();
  }

  /** The paths below a step, without that step; empty if there are none. */
  public FieldSet below(PathElement element) {
    Entry entry = find(element);
    return entry == null ? EMPTY : entry.below();
  }

  private @Nullable Entry find(PathElement element) {
    int low = 0;
    int high = entries.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = entries[middle].element().compareTo(element);
      if (order == 0) {
        return entries[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Every path of either set. */
  public FieldSet union(FieldSet other) {
    if (other.isEmpty() || this == other) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    List<Entry> result = new ArrayList<>(entries.length + other.entries.length);
    boolean same = true;
    int i = 0;
    int j = 0;
    while (i < entries.length || j < other.entries.length) {
      int order = order(i, other, j);
      if (order < 0) {
        result.add(entries[i++]);
      } else if (order > 0) {
        result.add(other.entries[j++]);
        same = false;
      } else {
        Entry merged = both(entries[i], other.entries[j++]);
        same &= merged == entries[i++];
        result.add(merged);
      }
    }
    return same ? this : new FieldSet(result.toArray(Entry[]::new));
  }

  private int order(int i, FieldSet other, int j) {
    if (i == entries.length) {
      return 1;
    }
    return j == other.entries.length
        ? -1
        : entries[i].element().compareTo(other.entries[j].element());
  }

  private static Entry both(Entry a, Entry b) {
    FieldSet below = a.below().union(b.below());
    boolean member = a.member() || b.member();
    return below == a.below() && member == a.member() ? a : new Entry(a.element(), member, below);
  }

  /** The paths that are here and not in the other set. */
  public FieldSet difference(FieldSet other) {
    return other.isEmpty() ? this : filtered(other, false);
  }

  /** The paths that are in both sets. */
  public FieldSet intersection(FieldSet other) {
    return other.isEmpty() ? EMPTY : filtered(other, true);
  }

  /** The paths of this set that the other has, or has not. */
  private FieldSet filtered(FieldSet other, boolean shared) {
    List<Entry> result = new ArrayList<>(entries.length);
    boolean same = true;
    int j = 0;
    for (Entry entry : entries) {
      while (j < other.entries.length
          && other.entries[j].element().compareTo(entry.element()) < 0) {
        j++;
      }
      boolean there =
          j < other.entries.length && other.entries[j].element().compareTo(entry.element()) == 0;
      Entry left = there ? filtered(entry, other.entries[j], shared) : shared ? null : entry;
      same &= left == entry;
      if (left != null && !left.empty()) {
        result.add(left);
      }
    }
    if (same) {
      return this;
    }
    return result.isEmpty() ? EMPTY : new FieldSet(result.toArray(Entry[]::new));
  }

  private static Entry filtered(Entry entry, Entry other, boolean shared) {
    FieldSet below =
        shared
            ? entry.below().intersection(other.below())
            : entry.below().difference(other.below());
    boolean member = entry.member() && other.member() == shared;
    return below == entry.below() && member == entry.member()
        ? entry
        : new Entry(entry.element(), member, below);
  }

  /** What is left if everything at and below these names is taken away. */
  public FieldSet without(String... names) {
    List<String> gone = List.of(names);
    return where(
        entry -> !(entry.element() instanceof PathElement.Name n && gone.contains(n.name())));
  }

  /** What is at and below these names. */
  public FieldSet only(String... names) {
    List<String> kept = List.of(names);
    return where(entry -> entry.element() instanceof PathElement.Name n && kept.contains(n.name()));
  }

  /** The same with something else below one name; its own membership stays. */
  public FieldSet with(String name, FieldSet below) {
    PathElement element = new PathElement.Name(name);
    List<Entry> result =
        new ArrayList<>(entries().stream().filter(e -> !e.element().equals(element)).toList());
    Entry changed = new Entry(element, has(element), below);
    if (!changed.empty()) {
      result.add(changed);
    }
    return of(result);
  }

  /** Of each step here only what is at and below these names of the next one. */
  public FieldSet onlyOfEach(String... names) {
    List<Entry> result = new ArrayList<>();
    for (Entry entry : entries) {
      Entry left = new Entry(entry.element(), false, entry.below().only(names));
      if (!left.empty()) {
        result.add(left);
      }
    }
    return of(result);
  }

  private FieldSet where(java.util.function.Predicate<Entry> wanted) {
    List<Entry> kept = entries().stream().filter(wanted).toList();
    return kept.size() == entries.length ? this : of(kept);
  }

  /** Every path, as messages write it; of one level first its own paths, then those below. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    forEachPath("", paths::add);
    return paths;
  }

  private void forEachPath(String prefix, Consumer<String> action) {
    for (Entry entry : entries) {
      if (entry.member()) {
        action.accept(prefix + entry.element().text());
      }
    }
    for (Entry entry : entries) {
      entry.below().forEachPath(prefix + entry.element().text(), action);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldSet s && Arrays.equals(entries, s.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    return paths().toString();
  }
}
