package dev.argosy.agent.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the machine is.
 *
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
    String bootId) {

  /** Memory that pods do not get: for the agent, the engine and the kernel. */
  private static final long RESERVED_BYTES = 256L << 20;

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
        line(Path.of("/proc/sys/kernel/random/boot_id")));
  }

  private static long memory() throws IOException {
    return meminfo("MemTotal:");
  }

  /** Bytes that programs could still get. */
  static long availableMemory() throws IOException {
    return meminfo("MemAvailable:");
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
    return amounts(memoryBytes);
  }

  Map<String, String> allocatable() {
    return amounts(allocatableMemory());
  }

  /** Bytes of memory that pods may have. */
  public long allocatableMemory() {
    return Math.max(memoryBytes - RESERVED_BYTES, memoryBytes / 2);
  }

  private Map<String, String> amounts(long memory) {
    return Map.of(
        "cpu",
        Integer.toString(cpus),
        "memory",
        (memory >> 10) + "Ki",
        "ephemeral-storage",
        (diskBytes >> 10) + "Ki",
        "pods",
        "110");
  }
}
