package dev.argosy.agent.pod.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do now, and when at the latest to look again. Without actions and time, only a change of
 * pod or engine brings something to do.
 */
public record Plan(List<Action> actions, Optional<Instant> lookAgain) {
  public Plan {
    actions = List.copyOf(actions);
  }
}
