package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import java.util.List;
import java.util.Optional;

/** What extenders prefer, weighted by them already. */
final class Advised implements WideScore {

  @Override
  public String name() {
    return "Extender";
  }

  @Override
  public Optional<NodeMarks> alone(Attempt attempt) {
    return attempt.advice().isEmpty() ? Optional.of(NodeMarks.NONE) : Optional.empty();
  }

  @Override
  public Optional<long[]> marks(Attempt attempt, List<NodeState> candidates) {
    if (attempt.advice().isEmpty()) {
      return Optional.empty();
    }
    Advice advice = attempt.advice().get();
    long[] marks = new long[candidates.size()];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = advice.marks().getOrDefault(candidates.get(i).node().name(), 0L);
    }
    return Optional.of(marks);
  }
}
