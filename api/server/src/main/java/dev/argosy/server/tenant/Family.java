package dev.argosy.server.tenant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which tenants stand below which. One thread writes, many read; tenants that stand alone take
 * nothing.
 */
final class Family {

  /** Deeper than any tree may be, so that a broken one ends. */
  private static final int MOST_ABOVE = 64;

  private final Map<String, String> parents = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> children = new ConcurrentHashMap<>();

  /** Puts a tenant where it stands now. */
  void put(String name, String parent) {
    if (parent.equals(parents.getOrDefault(name, ""))) {
      return;
    }
    remove(name);
    if (!parent.isEmpty()) {
      parents.put(name, parent);
      children.computeIfAbsent(parent, p -> ConcurrentHashMap.newKeySet()).add(name);
    }
  }

  void remove(String name) {
    String parent = parents.remove(name);
    if (parent != null) {
      children.computeIfPresent(
          parent,
          (p, names) -> {
            names.remove(name);
            return names.isEmpty() ? null : names;
          });
    }
  }

  void retain(Collection<String> names) {
    parents.keySet().stream().filter(name -> !names.contains(name)).toList().forEach(this::remove);
  }

  /** Whether it is true of the tenant or of one above it. */
  boolean anyUpwards(String name, Predicate<String> test) {
    String at = name;
    for (int above = 0; above < MOST_ABOVE && at != null; above++) {
      if (test.test(at)) {
        return true;
      }
      at = parents.get(at);
    }
    return false;
  }

  /** Whether one stands above the other, at any distance. */
  boolean above(String upper, String lower) {
    return !upper.equals(lower) && anyUpwards(lower, upper::equals);
  }

  /** All tenants below one, the nearest first. */
  List<String> below(String name) {
    Set<String> found = new LinkedHashSet<>(children.getOrDefault(name, Set.of()));
    List<String> next = new ArrayList<>(found);
    while (!next.isEmpty()) {
      List<String> level = new ArrayList<>();
      for (String at : next) {
        for (String child : children.getOrDefault(at, Set.of())) {
          if (!child.equals(name) && found.add(child)) {
            level.add(child);
          }
        }
      }
      next = level;
    }
    return List.copyOf(found);
  }
}
