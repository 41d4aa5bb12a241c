package dev.argosy.controllers.csi;

import tools.jackson.databind.node.ObjectNode;

/**
 * The controller service of storage drivers, asked through the agent of a node on which the driver
 * is registered. Calls block until there is an answer, a minute or so at most; any number of
 * threads.
 */
public interface DriverController {

  /** There is no way to any node. */
  DriverController NONE =
      new DriverController() {
        @Override
        public Answer drivers(String node) {
          return new Answer.Failed(Answer.UNAVAILABLE, "there is no way to the node's drivers");
        }

        @Override
        public Answer call(String node, String driver, String method, ObjectNode request) {
          return drivers(node);
        }
      };

  /** What came of a call. */
  sealed interface Answer {

    /** gRPC's name for "nobody answered". */
    String UNAVAILABLE = "UNAVAILABLE";

    /** The response message, with the names of proto3's JSON. */
    record Ok(ObjectNode response) implements Answer {}

    /**
     * It did not work out.
     *
     * @param code gRPC's name of it, such as {@code RESOURCE_EXHAUSTED}; {@link #UNAVAILABLE} also
     *     if the node cannot be reached
     */
    record Failed(String code, String message) implements Answer {

      /** Whether it is certain that nothing goes on behind it any more. */
      public boolean isFinal() {
        return switch (code) {
          case "CANCELLED", "DEADLINE_EXCEEDED", "UNAVAILABLE", "RESOURCE_EXHAUSTED", "ABORTED" ->
              false;
          default -> true;
        };
      }

      /** As drivers' own helpers write it into events and objects. */
      public String words() {
        return "rpc error: code = " + camel(code) + " desc = " + message;
      }

      private static String camel(String code) {
        StringBuilder words = new StringBuilder();
        for (String word : code.toLowerCase(java.util.Locale.ROOT).split("_", -1)) {
          if (!word.isEmpty()) {
            words.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
          }
        }
        return words.toString();
      }
    }
  }

  /**
   * What is registered on a node: {@code {"drivers":[{"name", "nodeID", "controller",
   * "capabilities", "pluginCapabilities"}]}}.
   */
  Answer drivers(String node);

  /**
   * Calls a method.
   *
   * @param method of the controller service, such as {@code CreateVolume}
   * @param request the request message with the names of proto3's JSON; may hold secrets
   */
  Answer call(String node, String driver, String method, ObjectNode request);
}
