package dev.argosy.agent.csi;

import dev.argosy.agent.grpc.GrpcChannel;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A driver at its socket. Any thread; calls of one that is closed fail. */
public final class Driver implements AutoCloseable {

  /** As with kubelet. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration SHORT = Duration.ofSeconds(15);

  private static final List<String> PLUGIN =
      List.of(
          "",
          "CONTROLLER_SERVICE",
          "VOLUME_ACCESSIBILITY_CONSTRAINTS",
          "GROUP_CONTROLLER_SERVICE",
          "SNAPSHOT_METADATA_SERVICE");

  private static final List<String> EXPANSION = List.of("", "ONLINE", "OFFLINE");

  private static final List<String> CONTROLLER =
      List.of(
          "",
          "CREATE_DELETE_VOLUME",
          "PUBLISH_UNPUBLISH_VOLUME",
          "LIST_VOLUMES",
          "GET_CAPACITY",
          "CREATE_DELETE_SNAPSHOT",
          "LIST_SNAPSHOTS",
          "CLONE_VOLUME",
          "PUBLISH_READONLY",
          "EXPAND_VOLUME",
          "LIST_VOLUMES_PUBLISHED_NODES",
          "VOLUME_CONDITION",
          "GET_VOLUME",
          "SINGLE_NODE_MULTI_WRITER",
          "MODIFY_VOLUME",
          "GET_SNAPSHOT");

  private final String name;
  private final GrpcChannel channel;
  private final DriverFacts facts;

  private Driver(String name, GrpcChannel channel, DriverFacts facts) {
    this.name = name;
    this.channel = channel;
    this.facts = facts;
  }

  /** Asks a driver what it can, and keeps the connection. */
  static Driver connect(String name, Path socket) throws GrpcFailure {
    GrpcChannel channel = new GrpcChannel(socket);
    try {
      return new Driver(name, channel, ask(channel));
    } catch (GrpcFailure e) {
      channel.close();
      throw e;
    }
  }

  private static DriverFacts ask(GrpcChannel channel) throws GrpcFailure {
    Message info = shortly(channel, "Node/NodeGetInfo");
    List<String> plugin = new ArrayList<>();
    for (Message one : shortly(channel, "Identity/GetPluginCapabilities").messages(1)) {
      named(PLUGIN, one.message(1).number(1), plugin);
      named(EXPANSION, one.message(2).number(1), plugin);
    }
    Set<NodeAbility> node = EnumSet.noneOf(NodeAbility.class);
    for (Message one : shortly(channel, "Node/NodeGetCapabilities").messages(1)) {
      NodeAbility.of(one.message(1).number(1)).ifPresent(node::add);
    }
    return new DriverFacts(
        info.text(1),
        info.number(2),
        info.message(3).map(1),
        node,
        plugin,
        plugin.contains("CONTROLLER_SERVICE") ? controller(channel) : List.of());
  }

  /** Many run their controller elsewhere and say the same at every socket. */
  private static List<String> controller(GrpcChannel channel) throws GrpcFailure {
    List<String> found = new ArrayList<>();
    try {
      for (Message one : shortly(channel, "Controller/ControllerGetCapabilities").messages(1)) {
        named(CONTROLLER, one.message(1).number(1), found);
      }
    } catch (GrpcFailure e) {
      if (e.code() != Code.UNIMPLEMENTED) {
        throw e;
      }
    }
    return found;
  }

  private static void named(List<String> names, long place, List<String> into) {
    if (place > 0 && place < names.size()) {
      into.add(names.get((int) place));
    }
  }

  private static Message shortly(GrpcChannel channel, String method) throws GrpcFailure {
    return channel.call("csi.v1." + method, new MessageBuilder(), SHORT);
  }

  public String name() {
    return name;
  }

  public DriverFacts facts() {
    return facts;
  }

  public boolean can(NodeAbility ability) {
    return facts.node().contains(ability);
  }

  /** A call of its node service. */
  public Message node(String method, MessageBuilder request) throws GrpcFailure {
    return channel.call("csi.v1.Node/" + method, request, LIMIT);
  }

  /** A call of its controller service. */
  public Message controller(String method, MessageBuilder request) throws GrpcFailure {
    return channel.call("csi.v1.Controller/" + method, request, LIMIT);
  }

  @Override
  public void close() {
    channel.close();
  }
}
