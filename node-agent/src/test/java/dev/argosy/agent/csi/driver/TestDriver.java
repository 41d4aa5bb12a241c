package dev.argosy.agent.csi.driver;

import dev.argosy.agent.grpc.GrpcServer;
import dev.argosy.agent.grpc.GrpcServer.Method;
import dev.argosy.agent.grpc.GrpcServer.Unary;
import dev.argosy.agent.grpc.MessageBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The driver {@code disk.example.com} at a socket. */
public final class TestDriver implements AutoCloseable {

  public static final String NAME = "disk.example.com";

  /** Stage, stats, expand, one writer, groups. */
  public static final Set<Integer> ALL = Set.of(1, 2, 3, 5, 6);

  private final Script script = new Script();
  private final Volumes volumes;
  private final ControllerPart controller;
  private final Blocks blocks;
  private final GrpcServer server;

  /** One that can do everything. */
  public TestDriver(Path socket, Path data, String node) throws IOException {
    this(socket, data, node, ALL);
  }

  /**
   * Serves.
   *
   * @param data where volumes are kept
   * @param node the driver's id for the node
   * @param abilities of its node service, by CSI's numbers
   */
  public TestDriver(Path socket, Path data, String node, Set<Integer> abilities)
      throws IOException {
    this.volumes = new Volumes(data);
    this.blocks = new Blocks(volumes);
    this.controller = new ControllerPart(volumes, node);
    this.server =
        new GrpcServer(
            socket,
            Map.of(
                "csi.v1.Identity", identity(),
                "csi.v1.Controller", controller(controller),
                "csi.v1.Node", node(new NodePart(volumes, node, abilities))));
  }

  public Script script() {
    return script;
  }

  /** The handles of all volumes, and the node to which each is attached; empty if to none. */
  public Map<String, String> places() {
    Map<String, String> places = new HashMap<>();
    volumes.all().forEach(volume -> places.put(volume.id(), volume.node()));
    return places;
  }

  /** A volume that is there already; its handle. */
  public String make(String name, long bytes) {
    return controller.make(name, bytes).id();
  }

  /** A volume that is there is larger from now on. */
  public void grow(String name, long bytes) {
    controller.make(name, bytes);
  }

  /** Its device goes, although nobody asks for that. */
  public void free(String handle) throws IOException {
    blocks.free(handle);
  }

  /** As when the machine goes down. */
  public void freeAll() throws IOException {
    blocks.freeAll();
  }

  private Map<String, Method> identity() {
    return played(
        Map.of(
            "GetPluginInfo", _ -> new MessageBuilder().text(1, NAME).text(2, "1.0"),
            "Probe", _ -> new MessageBuilder().message(1, new MessageBuilder().flag(1, true)),
            "GetPluginCapabilities", _ -> new MessageBuilder().raw(purposes().bytes())));
  }

  private static MessageBuilder purposes() {
    MessageBuilder all = new MessageBuilder();
    for (int type : List.of(1, 2)) {
      all.message(1, new MessageBuilder().message(1, new MessageBuilder().number(1, type)));
    }
    return all.message(1, new MessageBuilder().message(2, new MessageBuilder().number(1, 1)));
  }

  private Map<String, Method> controller(ControllerPart part) {
    return played(
        Map.of(
            "ControllerGetCapabilities", _ -> part.capabilities(),
            "CreateVolume", part::create,
            "DeleteVolume", part::delete,
            "ControllerPublishVolume", part::publish,
            "ControllerUnpublishVolume", part::unpublish,
            "ValidateVolumeCapabilities", part::validate,
            "ControllerExpandVolume", part::expand,
            "GetCapacity", _ -> part.capacity()));
  }

  private Map<String, Method> node(NodePart part) {
    return played(
        Map.of(
            "NodeGetInfo", _ -> part.info(),
            "NodeGetCapabilities", _ -> part.capabilities(),
            "NodeStageVolume", part::stage,
            "NodeUnstageVolume", part::unstage,
            "NodePublishVolume", part::publish,
            "NodeUnpublishVolume", part::unpublish,
            "NodeGetVolumeStats", part::stats,
            "NodeExpandVolume", part::expand));
  }

  private Map<String, Method> played(Map<String, Unary> methods) {
    Map<String, Method> all = new HashMap<>();
    methods.forEach((name, method) -> all.put(name, script.played(name, method)));
    return all;
  }

  @Override
  public void close() {
    server.close();
  }
}
