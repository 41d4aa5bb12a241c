package dev.argosy.agent.pod.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to do now, and when at the latest to look again. Without actions and time, only a change of
 * pod or engine brings something to do.
 *
 * @param backingOff ids of containers that have ended, and whose successors wait for a while
 */
public record Plan(List<Action> actions, Optional<Instant> lookAgain, Set<String> backingOff) {
  public Plan {
    actions = List.copyOf(actions);
    backingOff = Set.copyOf(backingOff);
  }
}
