package dev.argosy.agent.podresources;

import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcServer;
import dev.argosy.agent.grpc.GrpcServer.Unary;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Serves {@code v1.PodResourcesLister} at {@code kubelet.sock} in a folder that only root may
 * enter, since it names the pods of all tenants.
 */
public final class PodResources implements AutoCloseable {

  private final Holdings holdings;
  private final Supplier<List<PodView>> pods;
  private final GrpcServer server;

  /**
   * Listens.
   *
   * @param pods those that are here
   * @throws IOException if it cannot do so there
   */
  public PodResources(Path folder, Holdings holdings, Supplier<List<PodView>> pods)
      throws IOException {
    this.holdings = holdings;
    this.pods = pods;
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    this.server =
        new GrpcServer(
            folder.resolve("kubelet.sock"),
            "v1.PodResourcesLister",
            Map.of(
                "List", (Unary) request -> list(),
                "Get", (Unary) this::get,
                "GetAllocatableResources", (Unary) request -> allocatable()));
  }

  private MessageBuilder list() {
    MessageBuilder answer = new MessageBuilder();
    active().forEach(pod -> answer.message(1, of(pod)));
    return answer;
  }

  private List<PodView> active() {
    return pods.get().stream().filter(pod -> !pod.terminal()).toList();
  }

  /** The pod of that name; of those in several clusters, none: the interface cannot tell them. */
  private MessageBuilder get(Message request) throws GrpcFailure {
    String name = request.text(1);
    String namespace = request.text(2);
    List<PodView> found =
        active().stream()
            .filter(p -> p.key().name().equals(name) && p.key().namespace().equals(namespace))
            .toList();
    if (found.size() != 1) {
      throw new GrpcFailure(
          GrpcFailure.Code.NOT_FOUND,
          found.isEmpty()
              ? "pod %s in namespace %s not found".formatted(name, namespace)
              : "pod %s in namespace %s is in %d clusters"
                  .formatted(name, namespace, found.size()));
    }
    return new MessageBuilder().message(1, of(found.getFirst()));
  }

  private MessageBuilder of(PodView pod) {
    MessageBuilder one =
        new MessageBuilder().text(1, pod.key().name()).text(2, pod.key().namespace());
    for (ContainerView container : pod.all()) {
      if (!container.init() || container.sidecar()) {
        one.message(3, of(pod, container));
      }
    }
    return one;
  }

  private MessageBuilder of(PodView pod, ContainerView container) {
    MessageBuilder one = new MessageBuilder().text(1, container.name());
    holdings.devices(pod, container).forEach(d -> one.message(2, devices(d)));
    one.numbers(3, longs(holdings.cpus(pod, container)));
    holdings.memory(pod, container).forEach(m -> one.message(4, memory(m)));
    return one;
  }

  private MessageBuilder allocatable() {
    MessageBuilder answer = new MessageBuilder();
    holdings.allDevices().forEach(d -> answer.message(1, devices(d)));
    answer.numbers(2, longs(holdings.allCpus()));
    holdings.allMemory().forEach(m -> answer.message(3, memory(m)));
    return answer;
  }

  private static MessageBuilder devices(Holdings.Devices devices) {
    MessageBuilder one =
        new MessageBuilder().text(1, devices.resource()).texts(2, new TreeSet<>(devices.ids()));
    return devices.numaNodes().isEmpty() ? one : one.message(3, nodes(devices.numaNodes()));
  }

  private static MessageBuilder memory(Holdings.Memory memory) {
    return new MessageBuilder()
        .text(1, memory.type())
        .number(2, memory.bytes())
        .message(3, nodes(memory.numaNodes()));
  }

  private static MessageBuilder nodes(Set<Integer> numbers) {
    MessageBuilder topology = new MessageBuilder();
    new TreeSet<>(numbers).forEach(n -> topology.message(1, new MessageBuilder().number(1, n)));
    return topology;
  }

  private static List<Long> longs(Collection<Integer> numbers) {
    return numbers.stream().map(Integer::longValue).sorted().toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
