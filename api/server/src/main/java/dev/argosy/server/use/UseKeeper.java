package dev.argosy.server.use;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.use.PodUse;
import dev.argosy.model.use.UseReport;
import java.util.List;

/** Keeps what is charged for of what nodes report. */
public interface UseKeeper {

  /** One that keeps nothing, and has nobody wait for it. */
  UseKeeper NONE = taken -> true;

  /**
   * A report that a node itself has sent.
   *
   * @param size of the node
   * @param bound the pods that are bound to it
   * @param others of which this server does not know that they are, or were, bound to it
   */
  record Taken(
      String node, UseReport report, NodeSize size, List<BoundPod> bound, List<PodUse> others) {
    public Taken {
      bound = List.copyOf(bound);
      others = List.copyOf(others);
    }
  }

  /** A pod, and what its node says of it. */
  record BoundPod(ApiObject pod, PodUse use) {}

  /**
   * Keeps a report; one that was kept before, or an older one, changes nothing.
   *
   * @return whether all of it is kept for good, so that the node need not say it again
   */
  boolean keep(Taken taken);
}
