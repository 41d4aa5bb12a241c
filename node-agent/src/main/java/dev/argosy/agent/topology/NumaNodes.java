package dev.argosy.agent.topology;

import dev.argosy.agent.group.HugePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The machine's memory and which processors are beside it.
 *
 * @param nodes by number, 0 to 63
 */
public record NumaNodes(Map<Integer, Node> nodes) {

  /** More give more sets of them than can be looked at; as kubelet's limit. */
  private static final int MOST = 8;

  /**
   * One.
   *
   * @param memory bytes by resource: {@code memory}, and huge pages as {@code hugepages-2Mi}
   */
  public record Node(Set<Integer> cpus, Map<String, Long> memory) {
    public Node {
      cpus = Set.copyOf(cpus);
      memory = Map.copyOf(memory);
    }
  }

  public NumaNodes {
    nodes = Map.copyOf(nodes);
    if (nodes.isEmpty() || nodes.keySet().stream().anyMatch(n -> n < 0 || n >= Long.SIZE)) {
      throw new IllegalArgumentException("NUMA nodes have numbers from 0 to 63: " + nodes.keySet());
    }
  }

  /** Of this machine; one node with all of it if the kernel knows of none, or of too many. */
  public static NumaNodes read(Path folder, int cpus, long memoryBytes) throws IOException {
    Map<Integer, Node> nodes = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        List<Path> found =
            all.filter(p -> p.getFileName().toString().matches("node\\d{1,2}")).toList();
        for (Path one : found) {
          nodes.put(Integer.parseInt(one.getFileName().toString().substring(4)), node(one));
        }
      }
    }
    if (nodes.isEmpty() || nodes.size() > MOST) {
      Set<Integer> everyCpu = new TreeSet<>();
      for (int cpu = 0; cpu < cpus; cpu++) {
        everyCpu.add(cpu);
      }
      return new NumaNodes(Map.of(0, new Node(everyCpu, Map.of("memory", memoryBytes))));
    }
    return new NumaNodes(nodes);
  }

  private static Node node(Path folder) throws IOException {
    Map<String, Long> memory = new HashMap<>();
    Path info = folder.resolve("meminfo");
    if (Files.exists(info)) {
      for (String line : Files.readAllLines(info)) {
        if (line.contains("MemTotal:")) {
          String kib = line.substring(line.indexOf(':') + 1).replaceAll("[^0-9]", "");
          memory.put("memory", Long.parseLong(kib) << 10);
        }
      }
    }
    Map<String, Long> huge = HugePages.of(folder.resolve("hugepages"));
    long hugeBytes = huge.values().stream().mapToLong(Long::longValue).sum();
    memory.computeIfPresent("memory", (name, bytes) -> Math.max(0, bytes - hugeBytes));
    memory.putAll(huge);
    return new Node(cpus(Files.readString(folder.resolve("cpulist"))), memory);
  }

  private static Set<Integer> cpus(String list) {
    Set<Integer> cpus = new TreeSet<>();
    for (String part : list.strip().split(",")) {
      if (!part.isBlank()) {
        String[] ends = part.strip().split("-");
        for (int one = Integer.parseInt(ends[0]);
            one <= Integer.parseInt(ends[ends.length - 1]);
            one++) {
          cpus.add(one);
        }
      }
    }
    return cpus;
  }

  /** The bits of all. */
  public long everyNode() {
    return bits(nodes.keySet());
  }

  /** Bits of some nodes; of those that are not there, none. */
  public long bits(Set<Integer> numbers) {
    long bits = 0;
    for (int one : numbers) {
      bits |= nodes.containsKey(one) ? 1L << one : 0;
    }
    return bits;
  }

  /** Numbers of nodes by their bits. */
  public Set<Integer> numbers(long bits) {
    Set<Integer> numbers = new TreeSet<>();
    for (int one : nodes.keySet()) {
      if ((bits >> one & 1) == 1) {
        numbers.add(one);
      }
    }
    return numbers;
  }

  /** The processors beside some nodes. */
  public Set<Integer> cpus(long bits) {
    Set<Integer> cpus = new TreeSet<>();
    nodes.forEach((number, node) -> {
      if ((bits >> number & 1) == 1) {
        cpus.addAll(node.cpus());
      }
    });
    return cpus;
  }

  /** The nodes that some processors are beside. */
  public long beside(Set<Integer> cpus) {
    long bits = 0;
    for (Map.Entry<Integer, Node> one : nodes.entrySet()) {
      bits |= one.getValue().cpus().stream().anyMatch(cpus::contains) ? 1L << one.getKey() : 0;
    }
    return bits;
  }
}
