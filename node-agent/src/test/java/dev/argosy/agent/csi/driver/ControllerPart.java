package dev.argosy.agent.csi.driver;

import dev.argosy.agent.csi.AccessMode;
import dev.argosy.agent.csi.driver.Volumes.Volume;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The driver's controller service. */
final class ControllerPart {

  static final long LARGEST = 1L << 40;
  private static final long SMALLEST = 1 << 20;

  private final Volumes volumes;
  private final String node;

  ControllerPart(Volumes volumes, String node) {
    this.volumes = volumes;
    this.node = node;
  }

  MessageBuilder capabilities() {
    MessageBuilder all = new MessageBuilder();
    for (int type : new int[] {1, 2, 4, 7, 9, 13}) {
      all.message(1, new MessageBuilder().message(1, new MessageBuilder().number(1, type)));
    }
    return all;
  }

  synchronized MessageBuilder create(Message request) throws GrpcFailure {
    String name = Need.text(request, 1, "name");
    Need.capabilities(request, 3);
    long required = request.message(2).number(1);
    long limit = request.message(2).number(2);
    if (required > LARGEST) {
      throw new GrpcFailure(Code.OUT_OF_RANGE, "no volume is that large");
    }
    Optional<Volume> there = volumes.named(name);
    if (there.isPresent()
        && (there.get().bytes() < required || (limit > 0 && there.get().bytes() > limit))) {
      throw new GrpcFailure(Code.ALREADY_EXISTS, "a volume of that name has another size");
    }
    String source = request.message(6).message(2).text(1);
    if (!source.isEmpty()) {
      volumes.need(source);
    }
    Volume volume = there.orElseGet(() -> make(name, Math.max(required, SMALLEST)));
    MessageBuilder made =
        new MessageBuilder().number(1, volume.bytes()).text(2, volume.id()).map(3, request.map(4));
    if (!source.isEmpty()) {
      volumes.copy(source, volume.id());
      made.message(4, new MessageBuilder().message(2, new MessageBuilder().text(1, source)));
    }
    return new MessageBuilder().message(1, made.message(5, topology()));
  }

  Volume make(String name, long bytes) {
    String id = "v-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return volumes.keep(new Volume(id, name, bytes, "", false));
  }

  private MessageBuilder topology() {
    return new MessageBuilder().map(1, Map.of(NodePart.TOPOLOGY, node));
  }

  synchronized MessageBuilder delete(Message request) throws GrpcFailure {
    Optional<Volume> volume = volumes.find(Need.text(request, 1, "volume id"));
    if (volume.isPresent() && !volume.get().node().isEmpty()) {
      throw new GrpcFailure(Code.FAILED_PRECONDITION, "the volume is published");
    }
    volume.ifPresent(v -> volumes.delete(v.id()));
    return new MessageBuilder();
  }

  synchronized MessageBuilder publish(Message request) throws GrpcFailure {
    String id = Need.text(request, 1, "volume id");
    String where = Need.text(request, 2, "node id");
    Need.capability(request, 3);
    Volume volume = volumes.need(id);
    if (!where.equals(node)) {
      throw new GrpcFailure(Code.NOT_FOUND, "node " + where + " does not exist");
    }
    if (!volume.node().isEmpty() && volume.readOnly() != request.flag(4)) {
      throw new GrpcFailure(Code.ALREADY_EXISTS, "the volume is published in another way");
    }
    volumes.keep(new Volume(volume.id(), volume.name(), volume.bytes(), where, request.flag(4)));
    return new MessageBuilder().map(1, Map.of("device", "/dev/of-" + id));
  }

  synchronized MessageBuilder unpublish(Message request) throws GrpcFailure {
    volumes
        .find(Need.text(request, 1, "volume id"))
        .ifPresent(v -> volumes.keep(new Volume(v.id(), v.name(), v.bytes(), "", false)));
    return new MessageBuilder();
  }

  MessageBuilder validate(Message request) throws GrpcFailure {
    String id = Need.text(request, 1, "volume id");
    Need.capabilities(request, 3);
    volumes.need(id);
    MessageBuilder confirmed = new MessageBuilder().map(1, request.map(2));
    boolean shared =
        request.messages(3).stream()
            .anyMatch(c -> c.message(3).number(1) == AccessMode.MULTI_NODE_MULTI_WRITER.number());
    return shared
        ? new MessageBuilder().text(2, "one node at a time has a volume")
        : new MessageBuilder().message(1, confirmed);
  }

  synchronized MessageBuilder expand(Message request) throws GrpcFailure {
    String id = Need.text(request, 1, "volume id");
    if (request.present(2).isEmpty()) {
      throw new GrpcFailure(Code.INVALID_ARGUMENT, "capacity range is missing");
    }
    Volume volume = volumes.need(id);
    long bytes = Math.max(volume.bytes(), request.message(2).number(1));
    if (bytes > LARGEST) {
      throw new GrpcFailure(Code.OUT_OF_RANGE, "no volume is that large");
    }
    volumes.keep(new Volume(volume.id(), volume.name(), bytes, volume.node(), volume.readOnly()));
    return new MessageBuilder().number(1, bytes).flag(2, true);
  }

  MessageBuilder capacity() {
    return new MessageBuilder().number(1, LARGEST).wrapped(2, LARGEST).wrapped(3, SMALLEST);
  }
}
