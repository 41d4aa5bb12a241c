package dev.argosy.bench.nodes;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** What is to be done about a pod now. */
sealed interface Step {

  /** Nothing until it changes. */
  record Rest() implements Step {}

  /** Nothing until it changes or that much time is over. */
  record Wait(Duration time) implements Step {}

  /** Its status shall have these members. */
  record Report(ObjectNode status) implements Step {}

  /** Its containers are gone, so the object may be. */
  record Remove() implements Step {}

  Step REST = new Rest();
}
