package dev.argosy.agent.pressure;

import dev.argosy.agent.pod.view.PodView;
import java.util.List;

/** Finds out what pods use; may take its time over what is asked for seldom. */
@FunctionalInterface
public interface PodUses {

  /** At least what a signal is about, of each of these pods. */
  List<PodUse> of(Signal signal, List<PodView> pods);
}
