package dev.argosy.agent.pod.verdict;

import dev.argosy.agent.pod.view.PodView;
import java.util.Optional;

/** Asked once for each pod that is new to the node, before anything is done for it. Any thread. */
@FunctionalInterface
public interface Gate {

  /** Lets everything in. */
  Gate OPEN = pod -> Optional.empty();

  /** Why the pod may not begin; empty if it may. */
  Optional<Verdict> refusal(PodView pod);
}
