package dev.argosy.tenancy.usage;

import dev.argosy.model.use.InstanceUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node says that a pod has used.
 *
 * @param whose empty if it is not known to be on the node; the ledger may know that it was
 */
public record UsedPod(String uid, Optional<Whose> whose, List<InstanceUse> instances) {

  /**
   * Who pays for it.
   *
   * @param labels those by which usage is told apart
   */
  public record Whose(UsageTurn.Subject subject, Map<String, String> labels) {
    public Whose {
      labels = Map.copyOf(labels);
    }
  }

  public UsedPod {
    instances = List.copyOf(instances);
  }
}
