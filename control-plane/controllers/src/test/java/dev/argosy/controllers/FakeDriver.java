package dev.argosy.controllers;

import dev.argosy.controllers.csi.DriverController;
import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A storage driver's controller service, on every node. What it is asked twice it does once. */
final class FakeDriver implements DriverController {

  /** A call that fails, and whether it does its work before. */
  record Failure(String code, boolean afterwards) {}

  /** A call. */
  record Call(String node, String method, ObjectNode request) {}

  private final List<Call> calls = new ArrayList<>();
  private final Map<String, ObjectNode> volumes = new TreeMap<>();
  private final Set<String> published = new TreeSet<>();
  private final Set<String> wrongs = new TreeSet<>();
  private Function<Call, Failure> failure = call -> new Failure("", false);
  private final Map<String, Long> rooms = new TreeMap<>();
  private boolean forgetful;
  private String capabilities = "CREATE_DELETE_VOLUME PUBLISH_UNPUBLISH_VOLUME EXPAND_VOLUME";

  synchronized void setFailure(Function<Call, Failure> which) {
    failure = which;
  }

  /** Whether what a volume is to be filled with is passed over. */
  synchronized void setForgetful(boolean is) {
    forgetful = is;
  }

  synchronized void setCapabilities(String all) {
    capabilities = all;
  }

  /** How many bytes there are in a zone. */
  synchronized void setRoom(String zone, long bytes) {
    rooms.put(zone, bytes);
  }

  synchronized List<Call> calls(String method) {
    return calls.stream().filter(c -> c.method().equals(method)).toList();
  }

  /** Handles of the volumes that there are. */
  synchronized Set<String> volumes() {
    return new TreeSet<>(volumes.keySet());
  }

  synchronized ObjectNode volume(String handle) {
    return volumes.getOrDefault(handle, Json.object());
  }

  /** What is attached where, as HANDLE@NODEID. */
  synchronized Set<String> published() {
    return new TreeSet<>(published);
  }

  /** What a driver must never be asked for, and was. */
  synchronized Set<String> wrongs() {
    return new TreeSet<>(wrongs);
  }

  @Override
  public synchronized Answer drivers(String node) {
    ObjectNode answer = Json.object();
    ObjectNode driver = answer.putArray("drivers").addObject().put("name", CsiObjects.DRIVER);
    driver.put("nodeID", "id-" + node).put("controller", true);
    var can = driver.putArray("capabilities");
    for (String capability : capabilities.split(" ", -1)) {
      can.add(capability);
    }
    driver
        .putArray("pluginCapabilities")
        .add("CONTROLLER_SERVICE")
        .add("VOLUME_ACCESSIBILITY_CONSTRAINTS");
    return new Answer.Ok(answer);
  }

  @Override
  public synchronized Answer call(String node, String driver, String method, ObjectNode request) {
    Call call = new Call(node, method, request.deepCopy());
    calls.add(call);
    Failure wanted = failure.apply(call);
    if (!wanted.code().isEmpty() && !wanted.afterwards()) {
      return new Answer.Failed(wanted.code(), "as told");
    }
    Answer answer =
        switch (method) {
          case "CreateVolume" -> create(request);
          case "DeleteVolume" -> delete(request.path("volumeId").asString(""));
          case "ControllerPublishVolume" -> publish(request);
          case "ControllerUnpublishVolume" -> {
            published.remove(place(request));
            yield new Answer.Ok(Json.object());
          }
          case "ControllerExpandVolume" -> expand(request);
          case "GetCapacity" -> capacity(request);
          default -> new Answer.Failed("UNIMPLEMENTED", method);
        };
    return wanted.code().isEmpty() ? answer : new Answer.Failed(wanted.code(), "as told");
  }

  private Answer create(ObjectNode request) {
    String handle = "h-" + request.path("name").asString("");
    ObjectNode volume =
        volumes.computeIfAbsent(
            handle,
            h -> {
              ObjectNode made = Json.object().put("volumeId", h);
              made.put("capacityBytes", request.at("/capacityRange/requiredBytes").asLong(0));
              made.putObject("volumeContext").put("made", "here");
              if (request.has("volumeContentSource") && !forgetful) {
                made.set("contentSource", request.path("volumeContentSource").deepCopy());
              }
              var preferred = request.at("/accessibilityRequirements/preferred/0");
              if (preferred.isObject()) {
                made.putArray("accessibleTopology").add(preferred.deepCopy());
              }
              return made;
            });
    ObjectNode response = Json.object();
    response.set("volume", volume.deepCopy());
    return new Answer.Ok(response);
  }

  private Answer delete(String handle) {
    if (published.stream().anyMatch(place -> place.startsWith(handle + "@"))) {
      wrongs.add("deleted while attached: " + handle);
    }
    volumes.remove(handle);
    return new Answer.Ok(Json.object());
  }

  private Answer publish(ObjectNode request) {
    String place = place(request);
    String handle = request.path("volumeId").asString("");
    String mode = request.at("/volumeCapability/accessMode/mode").asString("");
    if (mode.startsWith("SINGLE_NODE")
        && published.stream().anyMatch(p -> p.startsWith(handle + "@") && !p.equals(place))) {
      wrongs.add("attached twice: " + place);
    }
    published.add(place);
    ObjectNode response = Json.object();
    response.putObject("publishContext").put("device", "/dev/" + handle);
    return new Answer.Ok(response);
  }

  private Answer expand(ObjectNode request) {
    long size = request.at("/capacityRange/requiredBytes").asLong(0);
    ObjectNode volume = volumes.get(request.path("volumeId").asString(""));
    if (volume != null) {
      volume.put("capacityBytes", size);
    }
    return new Answer.Ok(
        Json.object().put("capacityBytes", size).put("nodeExpansionRequired", true));
  }

  /** Of one volume half of it. */
  private Answer capacity(ObjectNode request) {
    long room =
        rooms.getOrDefault(request.at("/accessibleTopology/segments/zone").asString(""), 0L);
    return new Answer.Ok(
        Json.object().put("availableCapacity", room).put("maximumVolumeSize", room / 2));
  }

  private static String place(ObjectNode request) {
    return request.path("volumeId").asString("") + "@" + request.path("nodeId").asString("");
  }
}
