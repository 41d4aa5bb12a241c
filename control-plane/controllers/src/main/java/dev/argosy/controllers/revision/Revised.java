package dev.argosy.controllers.revision;

import dev.argosy.controllers.runtime.Owner;
import dev.argosy.model.selector.LabelSelector;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something whose templates are remembered.
 *
 * @param hashLabel on its revisions
 * @param collisions how often a name was another's already
 * @param limit how many old templates are kept
 */
public record Revised(
    Owner owner, LabelSelector selector, String hashLabel, int collisions, int limit) {

  /** A new tree of the pod template. */
  ObjectNode template() {
    return owner.object().tree().withObject("/spec/template");
  }
}
