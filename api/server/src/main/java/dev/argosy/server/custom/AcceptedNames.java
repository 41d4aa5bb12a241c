package dev.argosy.server.custom;

import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.custom.definition.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the names that a definition wants it gets: those that no other definition of its group
 * got before.
 *
 * @param reason why not all, as a condition says it; {@code NoConflicts} if all
 */
record AcceptedNames(Names names, String reason, String message) {

  boolean all() {
    return reason.equals("NoConflicts");
  }

  /**
   * Decides.
   *
   * @param wanted the names in its spec
   * @param accepted the names that it has; all empty if none yet
   * @param builtin plural and singular names of built-in kinds of the group, and their kinds
   */
  static AcceptedNames decide(
      Names wanted, Names accepted, List<Definition> others, Taken builtin) {
    Taken taken = new Taken(new HashSet<>(builtin.resources), new HashSet<>(builtin.kinds));
    others.forEach(other -> taken.add(other.names()));
    Decision decision = new Decision();
    String plural = decision.one("Plural", taken.resources, wanted.plural(), accepted.plural());
    String singular =
        decision.one("Singular", taken.resources, wanted.singular(), accepted.singular());
    List<String> shortNames =
        decision.several(taken.resources, wanted.shortNames(), accepted.shortNames());
    String kind = decision.one("Kind", taken.kinds, wanted.kind(), accepted.kind());
    String listKind = decision.one("ListKind", taken.kinds, wanted.listKind(), accepted.listKind());
    return new AcceptedNames(
        new Names(plural, singular, kind, listKind, shortNames, wanted.categories()),
        decision.reason,
        decision.message());
  }

  /** Names in use in a group. */
  record Taken(Set<String> resources, Set<String> kinds) {

    static Taken nothing() {
      return new Taken(new HashSet<>(), new HashSet<>());
    }

    void add(Names names) {
      put(resources, names.plural());
      put(resources, names.singular());
      resources.addAll(names.shortNames());
      put(kinds, names.kind());
      put(kinds, names.listKind());
    }

    private static void put(Set<String> set, String name) {
      if (!name.isEmpty()) {
        set.add(name);
      }
    }
  }

  private static final class Decision {
    private String reason = "NoConflicts";
    private final List<String> conflicts = new ArrayList<>();

    String one(String what, Set<String> taken, String wanted, String accepted) {
      if (!taken.contains(wanted)) {
        return wanted;
      }
      conflict(what + "Conflict", wanted);
      return accepted;
    }

    List<String> several(Set<String> taken, List<String> wanted, List<String> accepted) {
      List<String> conflicting = wanted.stream().filter(taken::contains).toList();
      conflicting.forEach(name -> conflict("ShortNamesConflict", name));
      return conflicting.isEmpty() ? wanted : accepted;
    }

    private void conflict(String why, String name) {
      reason = why;
      conflicts.add('"' + name + "\" is already in use");
    }

    String message() {
      return conflicts.isEmpty()
          ? "no conflicts found"
          : conflicts.size() == 1 ? conflicts.getFirst() : "[" + String.join(", ", conflicts) + "]";
    }
  }
}
