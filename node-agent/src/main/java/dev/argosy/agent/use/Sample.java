package dev.argosy.agent.use;

import dev.argosy.model.use.Counters;
import java.util.List;

/**
 * One look at everything that runs.
 *
 * @param live the instances of all pods
 */
record Sample(Seen.When when, Counters machine, List<Seen> live) {
  Sample {
    live = List.copyOf(live);
  }
}
