package dev.argosy.server.access;

import java.util.Map;

/** Says yes or no. Called on every request by many threads; must not do I/O when it can help it. */
public interface Authorizer {

  Decision authorize(Attributes attributes);

  /**
   * Of a collection over all namespaces, or of the namespaces themselves, which the user may not
   * list or watch as a whole: how far their right goes. Rules for single objects do not count.
   */
  default Reach reach(Attributes asked) {
    return Reach.NONE;
  }

  /**
   * Whether a collection without namespaces shows those whom its objects concern these, though they
   * may not see it as a whole.
   */
  default boolean sharesObjects(Attributes asked) {
    return false;
  }

  /** How what this says changes. */
  default RightsHistory history() {
    return RightsHistory.CONSTANT;
  }

  /**
   * The answer.
   *
   * @param allowed deny by default
   * @param reason which rule allowed it, or what is missing; shown by access reviews
   * @param marks annotations for the audit of what is done by it
   */
  record Decision(boolean allowed, String reason, Map<String, String> marks) {
    public static Decision allow(String reason) {
      return new Decision(true, reason, Map.of());
    }

    public static Decision deny(String reason) {
      return new Decision(false, reason, Map.of());
    }
  }
}
