package dev.argosy.agent.node;

import dev.argosy.agent.group.HugePages;
import dev.argosy.model.quantity.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the machine is.
 *
 * @param hugePages bytes by resource, such as {@code hugepages-2Mi}
 * @param kept what pods do not get of it
 * @param architecture in Go's words: {@code amd64}, {@code arm64}
 */
public record NodeFacts(
    int cpus,
    long memoryBytes,
    long diskBytes,
    String architecture,
    String kernel,
    String osImage,
    String machineId,
    String bootId,
    Map<String, Long> hugePages,
    Kept kept) {

  public NodeFacts {
    hugePages = Map.copyOf(hugePages);
  }

  /** Reads them. */
  public static NodeFacts read(Path data) throws IOException {
    String architecture = System.getProperty("os.arch", "amd64");
    return new NodeFacts(
        Runtime.getRuntime().availableProcessors(),
        memory(),
        Files.getFileStore(data).getTotalSpace(),
        architecture.equals("aarch64") ? "arm64" : architecture,
        System.getProperty("os.version", ""),
        prettyName(),
        line(Path.of("/etc/machine-id")),
        line(Path.of("/proc/sys/kernel/random/boot_id")),
        HugePages.of(Path.of("/sys/kernel/mm/hugepages")),
        Kept.NOTHING);
  }

  /** The same machine, of which pods do not get all. */
  public NodeFacts keeping(Kept less) {
    return new NodeFacts(
        cpus,
        memoryBytes,
        diskBytes,
        architecture,
        kernel,
        osImage,
        machineId,
        bootId,
        hugePages,
        less);
  }

  private static long memory() throws IOException {
    return meminfo("MemTotal:");
  }

  private static long meminfo(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    return 0;
  }

  private static String prettyName() throws IOException {
    Path release = Path.of("/etc/os-release");
    if (!Files.exists(release)) {
      return "Linux";
    }
    return Files.readAllLines(release).stream()
        .filter(l -> l.startsWith("PRETTY_NAME="))
        .map(l -> l.substring("PRETTY_NAME=".length()).replace("\"", ""))
        .findFirst()
        .orElse("Linux");
  }

  private static String line(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  Map<String, String> capacity() {
    return amounts(cpus * 1000L, memoryBytes, diskBytes);
  }

  Map<String, String> allocatable() {
    return amounts(
        allocatableCpu(), allocatableMemory(), Math.max(0, diskBytes - kept.diskBytes()));
  }

  /** Thousandths of a processor that pods may ask for. */
  public long allocatableCpu() {
    return Math.max(0, cpus * 1000L - kept.cpuThousandths());
  }

  /** Bytes of memory that pods may ask for; huge pages are no memory for anything else. */
  public long allocatableMemory() {
    long huge = hugePages.values().stream().mapToLong(Long::longValue).sum();
    return Math.max(0, memoryBytes - kept.memoryBytes() - huge);
  }

  private Map<String, String> amounts(long cpu, long memory, long disk) {
    Map<String, String> amounts = new TreeMap<>();
    amounts.put("cpu", cpu % 1000 == 0 ? Long.toString(cpu / 1000) : cpu + "m");
    amounts.put("memory", (memory >> 10) + "Ki");
    amounts.put("ephemeral-storage", (disk >> 10) + "Ki");
    amounts.put("pods", "110");
    hugePages.forEach(
        (name, bytes) -> amounts.put(name, bytes == 0 ? "0" : Quantity.ofBytes(bytes).toString()));
    return amounts;
  }
}
