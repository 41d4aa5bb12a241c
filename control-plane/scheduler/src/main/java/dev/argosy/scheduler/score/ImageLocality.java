package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import java.util.List;
import java.util.Optional;

/** Rather a node that has the pod's images. */
final class ImageLocality implements WideScore {

  @Override
  public String name() {
    return "ImageLocality";
  }

  @Override
  public Optional<NodeMarks> alone(Attempt attempt) {
    ImageMarks marks = ImageMarks.of(attempt);
    return Optional.of(marks.alike() ? NodeMarks.NONE : marks);
  }

  @Override
  public Optional<long[]> marks(Attempt attempt, List<NodeState> candidates) {
    ImageMarks marks = ImageMarks.of(attempt);
    return marks.alike()
        ? Optional.empty()
        : Optional.of(candidates.stream().mapToLong(marks::of).toArray());
  }
}
