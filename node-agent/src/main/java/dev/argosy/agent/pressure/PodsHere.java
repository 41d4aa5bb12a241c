package dev.argosy.agent.pressure;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.view.PodView;
import java.util.List;

/** The pods of the node, as far as evicting them goes. */
public interface PodsHere {

  /** Those that have not come to their end, nor are on their way out by the API. */
  List<PodView> active();

  /** Begins to end one. */
  void evict(PodView pod, Verdict word);
}
