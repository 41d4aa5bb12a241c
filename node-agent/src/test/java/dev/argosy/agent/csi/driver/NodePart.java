package dev.argosy.agent.csi.driver;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.volume.mount.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The driver's node service: bind mounts, from the content or the device to the staging path to the
 * pods'.
 */
final class NodePart {

  static final String TOPOLOGY = "topology.disk.example.com/node";

  private static final int BYTES = 1;

  private final Volumes volumes;
  private final Blocks blocks;
  private final String node;
  private final Set<Integer> abilities;

  NodePart(Volumes volumes, String node, Set<Integer> abilities) {
    this.volumes = volumes;
    this.blocks = new Blocks(volumes);
    this.node = node;
    this.abilities = abilities;
  }

  MessageBuilder info() {
    return new MessageBuilder()
        .text(1, node)
        .number(2, 16)
        .message(3, new MessageBuilder().map(1, Map.of(TOPOLOGY, node)));
  }

  MessageBuilder capabilities() {
    MessageBuilder all = new MessageBuilder();
    for (int type : abilities) {
      all.message(1, new MessageBuilder().message(1, new MessageBuilder().number(1, type)));
    }
    return all;
  }

  private boolean stages() {
    return abilities.contains(1);
  }

  synchronized MessageBuilder stage(Message request) throws GrpcFailure {
    String id = Need.text(request, 1, "volume id");
    Path staging = Path.of(Need.text(request, 3, "staging target path"));
    boolean block = Need.capability(request, 4).present(1).isPresent();
    long bytes = volumes.need(id).bytes();
    if (block) {
      show(id, bytes, staging.resolve(id));
    } else {
      bind(volumes.content(id), staging, false);
    }
    return new MessageBuilder();
  }

  private void show(String id, long bytes, Path target) throws GrpcFailure {
    try {
      blocks.show(blocks.device(id, bytes), target);
    } catch (IOException e) {
      throw new GrpcFailure(Code.INTERNAL, e.toString());
    }
  }

  synchronized MessageBuilder unstage(Message request) throws GrpcFailure {
    String id = Need.text(request, 1, "volume id");
    Path staging = Path.of(Need.text(request, 2, "staging target path"));
    unmount(staging);
    hide(id, staging.resolve(id));
    return new MessageBuilder();
  }

  private void hide(String id, Path target) throws GrpcFailure {
    unmount(target);
    try {
      Files.deleteIfExists(target);
      blocks.free(id);
    } catch (IOException e) {
      throw new GrpcFailure(Code.INTERNAL, e.toString());
    }
  }

  /** A volume that lives with its pod is made here. */
  synchronized MessageBuilder publish(Message request) throws GrpcFailure {
    String id = Need.text(request, 1, "volume id");
    Path target = Path.of(Need.text(request, 4, "target path"));
    boolean block = Need.capability(request, 5).present(1).isPresent();
    boolean inline = request.map(8).getOrDefault("csi.storage.k8s.io/ephemeral", "").equals("true");
    if (inline) {
      if (volumes.find(id).isEmpty()) {
        volumes.keep(new Volumes.Volume(id, id, 1, "", false));
      }
    }
    volumes.need(id);
    String staging = request.text(3);
    if (stages() && !inline && staging.isEmpty()) {
      throw new GrpcFailure(Code.FAILED_PRECONDITION, "staging target path is missing");
    }
    if (block) {
      show(id, volumes.need(id).bytes(), target);
      return new MessageBuilder();
    }
    bind(staging.isEmpty() ? volumes.content(id) : Path.of(staging), target, request.flag(6));
    return new MessageBuilder();
  }

  synchronized MessageBuilder unpublish(Message request) throws GrpcFailure {
    String id = Need.text(request, 1, "volume id");
    Path target = Path.of(Need.text(request, 2, "target path"));
    unmount(target);
    try {
      Files.deleteIfExists(target);
      if (!stages()) {
        blocks.free(id);
      }
    } catch (IOException e) {
      throw new GrpcFailure(Code.INTERNAL, e.toString());
    }
    if (id.startsWith("csi-") && volumes.find(id).isPresent()) {
      volumes.delete(id);
    }
    return new MessageBuilder();
  }

  MessageBuilder stats(Message request) throws GrpcFailure {
    String id = Need.text(request, 1, "volume id");
    Path path = Path.of(Need.text(request, 2, "volume path"));
    long bytes = volumes.need(id).bytes();
    if (!Files.exists(path)) {
      throw new GrpcFailure(Code.NOT_FOUND, "there is no " + path);
    }
    return new MessageBuilder()
        .message(
            1,
            new MessageBuilder()
                .number(1, bytes - 1)
                .number(2, bytes)
                .number(3, 1)
                .number(4, BYTES));
  }

  MessageBuilder expand(Message request) throws GrpcFailure {
    String id = Need.text(request, 1, "volume id");
    Path path = Path.of(Need.text(request, 2, "volume path"));
    long bytes = volumes.need(id).bytes();
    if (!Files.exists(path)) {
      throw new GrpcFailure(Code.NOT_FOUND, "there is no " + path);
    }
    try {
      if (blocks.is(id)) {
        blocks.grow(id, bytes);
      }
    } catch (IOException e) {
      throw new GrpcFailure(Code.INTERNAL, e.toString());
    }
    return new MessageBuilder().number(1, bytes);
  }

  private static void bind(Path from, Path to, boolean readOnly) throws GrpcFailure {
    try {
      Optional<MountTable.Entry> there = MountTable.read().at(to);
      if (there.isPresent()) {
        Object before = Files.getAttribute(to, "unix:ino");
        if (!before.equals(Files.getAttribute(from, "unix:ino"))) {
          throw new GrpcFailure(Code.ALREADY_EXISTS, "something else is at " + to);
        }
        return;
      }
      Files.createDirectories(to);
      run(List.of("mount", "--bind", from.toString(), to.toString()));
      if (readOnly) {
        run(List.of("mount", "-o", "remount,bind,ro", to.toString()));
      }
    } catch (IOException e) {
      throw new GrpcFailure(Code.INTERNAL, e.toString());
    }
  }

  private static void unmount(Path target) throws GrpcFailure {
    try {
      if (MountTable.read().at(target).isPresent()) {
        run(List.of("umount", target.toString()));
      }
    } catch (IOException e) {
      throw new GrpcFailure(Code.INTERNAL, e.toString());
    }
  }

  private static void run(List<String> command) throws IOException {
    var outcome = Commands.run(command);
    if (outcome.code() != 0) {
      throw new IOException(outcome.output());
    }
  }
}
