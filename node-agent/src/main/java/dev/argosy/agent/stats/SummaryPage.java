package dev.argosy.agent.stats;

import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.stats.VolumeFigures.Figures;
import dev.argosy.agent.storage.PodDisk;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to a kubelet's summary what the looks for metering do not read: faults, swap, processes,
 * interfaces, file systems and volumes.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/node-metrics/">Kubernetes:
 *     node metrics data</a>
 */
final class SummaryPage {

  private final NodeReading reading;
  private final NodeDisks disks;
  private final String at;

  SummaryPage(NodeReading reading, NodeDisks disks) {
    this.reading = reading;
    this.disks = disks;
    this.at = reading.at().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * Where things lie, and how much is there.
   *
   * @param data the agent's data folder
   * @param node the file system of that folder
   * @param images the file system of the engine's
   */
  record NodeDisks(
      Path data,
      Optional<Figures> node,
      Optional<Figures> images,
      Map<String, PodDisk> counted,
      VolumeFigures volumes) {}

  /**
   * Fills it in.
   *
   * @param summary with what every look reads
   * @param pods of this node
   */
  void complete(ObjectNode summary, List<PodView> pods) {
    machine(summary.withObject("/node"));
    Map<String, PodView> views = new HashMap<>();
    pods.forEach(pod -> views.put(pod.uid(), pod));
    for (JsonNode pod : summary.withArray("pods")) {
      String uid = pod.path("podRef").path("uid").asString("");
      pod((ObjectNode) pod, uid, Optional.ofNullable(views.get(uid)));
    }
  }

  private void machine(ObjectNode json) {
    MachineReading.Memory memory = reading.machine().memory();
    ObjectNode written = json.withObject("/memory").put("time", at);
    written.put("availableBytes", Math.max(0, memory.all() - memory.workingSet()));
    written.put("usageBytes", memory.usage()).put("workingSetBytes", memory.workingSet());
    written.put("rssBytes", memory.rss());
    written.put("pageFaults", memory.faults()).put("majorPageFaults", memory.majorFaults());
    json.putObject("swap")
        .put("time", at)
        .put("swapAvailableBytes", memory.freeSwap())
        .put("swapUsageBytes", memory.swap());
    json.putObject("rlimit")
        .put("time", at)
        .put("maxpid", reading.machine().processes().most())
        .put("curproc", reading.machine().processes().running());
    network(json, reading.machine().interfaces(), reading.machine().outside());
    disks.node().ifPresent(figures -> fill(json.putObject("fs"), figures));
    ObjectNode runtime = json.putObject("runtime");
    disks.images().ifPresent(figures -> fill(runtime.putObject("imageFs"), figures));
    disks.images().ifPresent(figures -> fill(runtime.putObject("containerFs"), figures));
  }

  private void network(ObjectNode json, List<InterfaceReading> all, String first) {
    if (all.isEmpty()) {
      return;
    }
    InterfaceReading shown =
        all.stream().filter(one -> one.name().equals(first)).findFirst().orElse(all.getFirst());
    ObjectNode network = json.withObject("/network").put("time", at);
    interfaceOf(network, shown);
    ArrayNode interfaces = network.putArray("interfaces");
    all.forEach(one -> interfaceOf(interfaces.addObject(), one));
  }

  private static void interfaceOf(ObjectNode json, InterfaceReading one) {
    json.put("name", one.name());
    json.put("rxBytes", one.received().bytes()).put("rxErrors", one.received().errors());
    json.put("txBytes", one.sent().bytes()).put("txErrors", one.sent().errors());
  }

  private void fill(ObjectNode json, Figures figures) {
    json.put("time", at);
    known(json, "availableBytes", figures.availableBytes());
    known(json, "capacityBytes", figures.capacityBytes());
    known(json, "usedBytes", figures.usedBytes());
    known(json, "inodesFree", figures.freeInodes());
    known(json, "inodes", figures.inodes());
    known(json, "inodesUsed", figures.usedInodes());
  }

  private static void known(ObjectNode json, String name, long number) {
    if (number >= 0) {
      json.put(name, number);
    }
  }

  /** What one of many keeps on a file system that all share. */
  private void share(ObjectNode json, Optional<Figures> whole, long used) {
    whole.ifPresent(figures -> fill(json, figures));
    json.put("time", at).put("usedBytes", used).remove("inodesUsed");
  }

  private void pod(ObjectNode json, String uid, Optional<PodView> view) {
    List<ContainerReading> own =
        reading.containers().stream().filter(one -> one.pod().uid().equals(uid)).toList();
    PodDisk disk = disks.counted().getOrDefault(uid, PodDisk.EMPTY);
    for (JsonNode container : json.withArray("containers")) {
      String name = container.path("name").asString("");
      own.stream()
          .filter(one -> one.name().equals(name))
          .findFirst()
          .ifPresent(one -> memory((ObjectNode) container, List.of(one)));
      Long used = disk.containers().get(name);
      if (used != null) {
        share(((ObjectNode) container).putObject("rootfs"), disks.images(), used);
      }
      disks.node().ifPresent(figures -> share(((ObjectNode) container).putObject("logs"), figures));
    }
    memory(json, own);
    json.putObject("process_stats")
        .put("process_count", own.stream().mapToLong(one -> one.group().processes()).sum());
    reading
        .networks()
        .forEach((pod, interfaces) -> {
          if (pod.uid().equals(uid)) {
            network(json, interfaces, "eth0");
          }
        });
    if (disks.counted().containsKey(uid)) {
      long all = disk.volumeBytes();
      for (long bytes : disk.containers().values()) {
        all += bytes;
      }
      share(json.putObject("ephemeral-storage"), disks.node(), all);
      json.withObject("/ephemeral-storage").put("inodesUsed", disk.inodes());
    }
    view.ifPresent(pod -> volumes(json, pod, disk));
  }

  /** Logs lie there; how much of it they are is counted with the container. */
  private void share(ObjectNode json, Figures whole) {
    json.put("time", at).put("availableBytes", whole.availableBytes());
    json.put("capacityBytes", whole.capacityBytes());
    json.put("inodesFree", whole.freeInodes()).put("inodes", whole.inodes());
  }

  private void memory(ObjectNode json, List<ContainerReading> of) {
    long usage = 0;
    long workingSet = 0;
    long rss = 0;
    long faults = 0;
    long major = 0;
    long swap = 0;
    long limit = 0;
    boolean limited = !of.isEmpty();
    for (ContainerReading one : of) {
      GroupReading.Memory memory = one.group().memory();
      usage += memory.usage();
      workingSet += memory.workingSet();
      rss += memory.rss();
      faults += memory.faults();
      major += memory.majorFaults();
      swap += memory.swap();
      limit += one.container().limits().memoryBytes();
      limited &= one.container().limits().memoryBytes() > 0;
    }
    ObjectNode written = json.withObject("/memory").put("time", at);
    if (limited) {
      written.put("availableBytes", Math.max(0, limit - workingSet));
    }
    written.put("usageBytes", usage).put("workingSetBytes", workingSet).put("rssBytes", rss);
    written.put("pageFaults", faults).put("majorPageFaults", major);
    json.putObject("swap").put("time", at).put("swapUsageBytes", swap);
  }

  private void volumes(ObjectNode json, PodView pod, PodDisk disk) {
    ArrayNode list = json.arrayNode();
    for (JsonNode volume : pod.spec().path("volumes")) {
      String name = volume.path("name").asString("");
      Path path = PodFolder.of(disks.data(), pod.uid()).volume(name);
      Optional<Figures> figures = disks.volumes().of(pod, volume, path);
      Long counted = disk.volumes().get(name);
      if (figures.isPresent() || counted != null) {
        ObjectNode one = list.addObject();
        figures.ifPresentOrElse(
            own -> fill(one, own), () -> share(one, disks.node(), counted == null ? 0 : counted));
        one.put("name", name);
        claim(pod, volume)
            .ifPresent(claim ->
                one.putObject("pvcRef").put("name", claim).put("namespace", namespace(pod)));
      }
    }
    if (!list.isEmpty()) {
      json.set("volume", list);
    }
  }

  private static String namespace(PodView pod) {
    return pod.key().namespace();
  }

  /** The name of the claim behind a volume. */
  static Optional<String> claim(PodView pod, JsonNode volume) {
    if (volume.has("ephemeral")) {
      return Optional.of(pod.key().name() + "-" + volume.path("name").asString(""));
    }
    String claim = volume.path("persistentVolumeClaim").path("claimName").asString("");
    return claim.isEmpty() ? Optional.empty() : Optional.of(claim);
  }
}
