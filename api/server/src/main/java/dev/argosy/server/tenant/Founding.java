package dev.argosy.server.tenant;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes a namespace together with what belongs into every one, so that none is there without. */
public interface Founding {

  /**
   * Makes them in one transaction.
   *
   * @param cluster in which
   * @param objects the namespace first, the others in it, each of another resource; consumed
   * @return false if one of them is there already, or more than one transaction would be needed;
   *     then none is made
   * @throws dev.argosy.model.status.StatusException if the API refuses
   */
  boolean found(String cluster, List<ObjectNode> objects);
}
