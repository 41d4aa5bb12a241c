package dev.argosy.controllers.csi.expand;

import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.volume.ClaimView;
import dev.argosy.model.quantity.Quantity;
import tools.jackson.databind.JsonNode;

/**
 * What to do about a bound claim that asks for more than it has.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims">Expanding
 *     claims</a>
 */
enum Expansion {
  /** Nothing: it has what it asks for, or its node is at work. */
  NONE,
  /** The driver is to be asked. */
  ASK,
  /** The volume is large enough; the claim is to say that its node has to do its part. */
  TELL;

  static final String IN_PROGRESS = "ControllerResizeInProgress";
  static final String NODE_PENDING = "NodeResizePending";
  static final String INFEASIBLE = "ControllerResizeInfeasible";

  static Expansion of(ClaimView claim, CsiVolume volume) {
    JsonNode status = claim.object().content().path("status");
    Quantity has = Quantity.parse(status.at("/capacity/storage").asString("0"));
    if (has.signum() == 0 || claim.request().compareTo(has) <= 0) {
      return NONE;
    }
    String stage = status.at("/allocatedResourceStatuses/storage").asString("");
    Quantity asked = Quantity.parse(status.at("/allocatedResources/storage").asString("0"));
    boolean same = asked.compareTo(claim.request()) == 0;
    Quantity size =
        Quantity.parse(volume.object().content().at("/spec/capacity/storage").asString("0"));
    if (size.compareTo(claim.request()) < 0) {
      return same && stage.equals(INFEASIBLE) ? NONE : ASK;
    }
    if (same && stage.equals(IN_PROGRESS)) {
      return ASK; // whoever asked before did not write down what came of it
    }
    return same && stage.startsWith("NodeResize") ? NONE : TELL;
  }
}
