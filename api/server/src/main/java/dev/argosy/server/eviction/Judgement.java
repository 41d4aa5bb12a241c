package dev.argosy.server.eviction;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import tools.jackson.databind.node.ObjectNode;

/** What the disruption budgets say to the eviction of one pod. */
public sealed interface Judgement {

  /** It may go, and costs nothing. */
  record Free() implements Judgement {}

  /**
   * It may go, and the budget has to be changed with it.
   *
   * @param budget as it is
   * @param charged as it becomes
   */
  record Charged(ApiObject budget, ObjectNode charged) implements Judgement {}

  /** It may not go now. */
  record Refused(Status why) implements Judgement {}
}
