package dev.argosy.agent.device;

import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerSpec.Extras;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a container gets by its devices.
 *
 * @param env variables; those of the container itself stand above them
 * @param labels for the engine
 */
public record Grant(
    Map<String, String> env, List<Mount> mounts, Extras extras, Map<String, String> labels) {

  public static final Grant NOTHING = new Grant(Map.of(), List.of(), Extras.NONE);

  Grant(Map<String, String> env, List<Mount> mounts, Extras extras) {
    this(env, mounts, extras, Map.of());
  }

  public Grant {
    env = Map.copyOf(env);
    labels = Map.copyOf(labels);
    mounts = List.copyOf(mounts);
  }

  /** {@code ContainerAllocateResponse}. */
  static Grant of(Message message) {
    List<Mount> mounts = new ArrayList<>();
    message.messages(2).forEach(m -> mounts.add(new Mount(m.text(2), m.text(1), m.flag(3))));
    List<Extras.Device> devices = new ArrayList<>();
    message
        .messages(3)
        .forEach(d -> devices.add(new Extras.Device(d.text(2), d.text(1), d.text(3))));
    return new Grant(
        message.map(1),
        mounts,
        new Extras(
            devices, message.map(4), message.messages(5).stream().map(c -> c.text(1)).toList()));
  }

  /** Both; what this one says stands. */
  Grant and(Grant other) {
    Map<String, String> allEnv = new HashMap<>(other.env);
    allEnv.putAll(env);
    List<Mount> allMounts = new ArrayList<>(mounts);
    other.mounts.stream()
        .filter(m -> mounts.stream().noneMatch(o -> o.containerPath().equals(m.containerPath())))
        .forEach(allMounts::add);
    Map<String, String> allLabels = new HashMap<>(other.labels);
    allLabels.putAll(labels);
    return new Grant(allEnv, allMounts, extras.and(other.extras), allLabels);
  }

  /** A container with all of this; what it has by its pod stands above that. */
  public ContainerSpec into(ContainerSpec spec) {
    Set<String> names =
        spec.env().stream()
            .map(e -> e.substring(0, Math.max(0, e.indexOf('='))))
            .collect(Collectors.toSet());
    List<String> allEnv = new ArrayList<>(spec.env());
    env.forEach((name, value) -> {
      if (!names.contains(name)) {
        allEnv.add(name + "=" + value);
      }
    });
    List<Mount> allMounts = new ArrayList<>(spec.mounts());
    mounts.stream()
        .filter(
            m -> spec.mounts().stream().noneMatch(o -> o.containerPath().equals(m.containerPath())))
        .forEach(allMounts::add);
    Map<String, String> allLabels = new LinkedHashMap<>(spec.labels());
    allLabels.putAll(labels);
    return spec.with(allLabels, allEnv, allMounts, extras);
  }

  /** The same, with memory of some NUMA nodes alone. */
  public Grant onNodes(String nodes) {
    return new Grant(
        env, mounts, extras.and(new Extras(List.of(), Map.of(), List.of(), nodes)), labels);
  }

  /** For the file. */
  ObjectNode tree() {
    ObjectNode tree = Json.object();
    env.forEach(tree.putObject("env")::put);
    ArrayNode mountList = tree.putArray("mounts");
    for (Mount one : mounts) {
      mountList
          .addObject()
          .put("host", one.hostPath())
          .put("container", one.containerPath())
          .put("readOnly", one.readOnly());
    }
    ArrayNode deviceList = tree.putArray("devices");
    for (Extras.Device one : extras.devices()) {
      deviceList
          .addObject()
          .put("host", one.hostPath())
          .put("container", one.containerPath())
          .put("permissions", one.permissions());
    }
    extras.annotations().forEach(tree.putObject("annotations")::put);
    ArrayNode cdi = tree.putArray("cdi");
    new TreeSet<>(extras.cdi()).forEach(cdi::add);
    return tree;
  }

  static Grant of(JsonNode tree) {
    List<Mount> mounts = new ArrayList<>();
    for (JsonNode one : tree.path("mounts")) {
      mounts.add(
          new Mount(text(one, "host"), text(one, "container"), one.path("readOnly").asBoolean()));
    }
    List<Extras.Device> devices = new ArrayList<>();
    for (JsonNode one : tree.path("devices")) {
      devices.add(
          new Extras.Device(text(one, "host"), text(one, "container"), text(one, "permissions")));
    }
    return new Grant(
        map(tree.path("env")),
        mounts,
        new Extras(
            devices,
            map(tree.path("annotations")),
            tree.path("cdi").valueStream().map(c -> c.asString("")).toList()));
  }

  private static String text(JsonNode tree, String name) {
    return tree.path(name).asString("");
  }

  private static Map<String, String> map(JsonNode tree) {
    Map<String, String> map = new HashMap<>();
    tree.properties().forEach(e -> map.put(e.getKey(), e.getValue().asString("")));
    return map;
  }
}
