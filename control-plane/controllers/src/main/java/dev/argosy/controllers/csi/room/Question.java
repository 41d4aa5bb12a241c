package dev.argosy.controllers.csi.room;

import dev.argosy.model.object.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a driver is asked: how much room it has for volumes of such classes, to be reached from such
 * nodes.
 *
 * @param parameters of the classes
 * @param place labels of the nodes; empty for all nodes
 */
record Question(String driver, Map<String, String> parameters, Map<String, String> place) {

  Question {
    parameters = Map.copyOf(parameters);
    place = Map.copyOf(place);
  }

  /** The body of GetCapacity; without capabilities, on which room does not depend. */
  ObjectNode request() {
    ObjectNode request = Json.object();
    if (!parameters.isEmpty()) {
      ObjectNode all = request.putObject("parameters");
      new TreeMap<>(parameters).forEach(all::put);
    }
    if (!place.isEmpty()) {
      ObjectNode segments = request.putObject("accessibleTopology").putObject("segments");
      new TreeMap<>(place).forEach(segments::put);
    }
    return request;
  }
}
