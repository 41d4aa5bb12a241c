package dev.argosy.agent.csi.door;

import dev.argosy.agent.csi.Driver;
import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the control plane may ask of this node's drivers: which there are ({@code /csi/v1}), and
 * calls of their controller services ({@code /csi/v1/DRIVER/METHOD}) with bodies in ProtoJSON.
 * Bodies may hold secrets: nothing of them is logged or told back. Any thread.
 */
public final class ControllerDoor {

  /**
   * An answer as HTTP has it.
   *
   * @param code 200, 400, 404, or 502 if the driver refuses: then {@code code} and {@code message}
   *     in the body are gRPC's
   */
  public record Answer(int code, ObjectNode body) {}

  private static final String ROOT = "/csi/v1";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int BAD_GATEWAY = 502;

  private final Drivers drivers;

  public ControllerDoor(Drivers drivers) {
    this.drivers = drivers;
  }

  /**
   * Answers.
   *
   * @param body of a POST; empty for a GET
   */
  public Answer answer(String path, byte[] body) {
    String[] parts = path.split("/", -1);
    if (path.equals(ROOT) || path.equals(ROOT + "/")) {
      return new Answer(OK, list());
    }
    if (!path.startsWith(ROOT + "/") || parts.length != 5) {
      return refused(NOT_FOUND, "NOT_FOUND", "there is only /csi/v1 and /csi/v1/DRIVER/METHOD");
    }
    Optional<Driver> driver = drivers.find(parts[3]);
    if (driver.isEmpty()) {
      return refused(
          NOT_FOUND, "NOT_FOUND", "driver " + parts[3] + " is not registered on this node");
    }
    Optional<ControllerMethod> method = ControllerMethod.of(parts[4]);
    return method.isEmpty()
        ? refused(NOT_FOUND, "NOT_FOUND", "there is no method " + parts[4])
        : call(driver.get(), method.get(), body);
  }

  private static Answer call(Driver driver, ControllerMethod method, byte[] body) {
    try {
      JsonNode tree = body.length == 0 ? Json.object() : Json.mapper().readTree(body);
      MessageBuilder request = JsonMessages.message(method.request(), tree, "");
      Message answer = driver.controller(method.word(), request);
      return new Answer(OK, JsonMessages.tree(method.answer(), answer));
    } catch (GrpcFailure e) {
      return refused(BAD_GATEWAY, e.code().name(), String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      return refused(BAD_REQUEST, "INVALID_ARGUMENT", "the body is no JSON");
    } catch (IllegalArgumentException e) {
      return refused(BAD_REQUEST, "INVALID_ARGUMENT", String.valueOf(e.getMessage()));
    }
  }

  private static Answer refused(int status, String code, String message) {
    return new Answer(status, Json.object().put("code", code).put("message", message));
  }

  private ObjectNode list() {
    ObjectNode all = Json.object();
    ArrayNode list = all.putArray("drivers");
    for (Driver driver : drivers.all()) {
      ObjectNode one = list.addObject();
      one.put("name", driver.name()).put("nodeID", driver.facts().nodeId());
      one.put("controller", !driver.facts().controller().isEmpty());
      words(one.putArray("capabilities"), driver.facts().controller());
      words(one.putArray("pluginCapabilities"), driver.facts().plugin());
    }
    return all;
  }

  private static void words(ArrayNode list, List<String> words) {
    words.forEach(list::add);
  }
}
