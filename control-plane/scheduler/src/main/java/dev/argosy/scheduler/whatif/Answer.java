package dev.argosy.scheduler.whatif;

import dev.argosy.scheduler.explain.Explanation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of a question.
 *
 * @param problem why it cannot be answered; empty if it is
 * @param count how many pods were asked about
 * @param where how many of them each node would get, by its name
 * @param nodes how many nodes there are
 * @param nowhere why the next one fits nowhere, in Kubernetes' words; empty if all fit
 * @param why the same for programs
 * @param changes each of which would make all of them fit
 * @param beside what counts besides room
 */
record Answer(
    String problem,
    int count,
    Map<String, Integer> where,
    int nodes,
    String nowhere,
    Optional<Explanation> why,
    List<Suggestion> changes,
    Beside beside) {

  Answer {
    where = new TreeMap<>(where);
    changes = List.copyOf(changes);
  }

  static Answer problem(String problem, int count) {
    return new Answer(problem, count, Map.of(), 0, "", Optional.empty(), List.of(), Beside.NOTHING);
  }

  int fitting() {
    return where.values().stream().mapToInt(Integer::intValue).sum();
  }

  boolean fits() {
    return fitting() == count;
  }

  /** In one sentence. */
  String message() {
    if (!problem.isEmpty()) {
      return problem;
    }
    String room = room();
    String more = beside.message(fitting());
    return more.isEmpty() || room.endsWith(".") ? room + more : room + "." + more;
  }

  private String room() {
    if (fits()) {
      return count == 1
          ? "fits on " + where.keySet().iterator().next()
          : "all " + count + " fit, on " + where.size() + " nodes";
    }
    String part = count == 1 ? "" : fitting() + " of " + count + " fit; for the next one: ";
    String who = count == 1 ? " It" : " All";
    String change =
        changes.isEmpty() ? "" : who + " would fit " + changes.getFirst().message() + ".";
    return part + nowhere + change;
  }
}
