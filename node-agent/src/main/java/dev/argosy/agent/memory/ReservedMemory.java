package dev.argosy.agent.memory;

import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.agent.topology.NumaNodes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What of each NUMA node's memory is not for pods, as {@code 0:memory=1Gi;1:memory=512Mi}. */
final class ReservedMemory {

  private static final String MEMORY = "memory";
  private static final String OPTION = "--reserved-memory";

  private ReservedMemory() {}

  /**
   * What nodes give to pods, bytes by resource.
   *
   * @param text what is reserved; empty to reserve on the first nodes as much as must be
   * @param kept bytes of memory that pods do not get of the whole machine
   * @throws IllegalArgumentException if the text does not fit the machine
   */
  static Map<Integer, Map<String, Long>> offered(String text, NumaNodes machine, long kept) {
    Map<Integer, Map<String, Long>> offered = new TreeMap<>();
    machine.nodes().forEach((number, node) -> offered.put(number, new HashMap<>(node.memory())));
    if (text.isBlank()) {
      long left = kept;
      for (Map<String, Long> node : offered.values()) {
        long has = node.getOrDefault(MEMORY, 0L);
        long part = Math.min(left, has);
        node.put(MEMORY, has - part);
        left -= part;
      }
      return offered;
    }
    long reserved = 0;
    for (String one : text.split(";")) {
      reserved += reserve(one.strip(), offered);
    }
    if (reserved != kept) {
      throw new IllegalArgumentException(
          "%s gives %d bytes of memory in all, but %d are kept from pods by --system-reserved,"
                  .formatted(OPTION, reserved, kept)
              + " --kube-reserved and the hard eviction threshold; both must be the same");
    }
    return offered;
  }

  /** Takes a node's part away; how much memory that was. */
  private static long reserve(String text, Map<Integer, Map<String, Long>> offered) {
    if (!text.matches("\\d{1,2}:[^,=]+=[^,=]+(,[^,=]+=[^,=]+)*")) {
      throw new IllegalArgumentException(
          OPTION + " is written like 0:memory=1Gi;1:memory=512Mi, not \"" + text + "\"");
    }
    int colon = text.indexOf(':');
    Map<String, Long> node = offered.get(Integer.parseInt(text.substring(0, colon)));
    if (node == null) {
      throw new IllegalArgumentException(
          OPTION + " names a NUMA node that the machine has not: \"" + text + "\"");
    }
    long memory = 0;
    for (String one : text.substring(colon + 1).split(",")) {
      String resource = one.substring(0, one.indexOf('=')).strip();
      long bytes = bytes(one.substring(one.indexOf('=') + 1).strip());
      long has = node.getOrDefault(resource, 0L);
      if (bytes > has) {
        throw new IllegalArgumentException(
            "%s: the node has %d bytes of %s, fewer than \"%s\""
                .formatted(OPTION, has, resource, one));
      }
      node.put(resource, has - bytes);
      memory += resource.equals(MEMORY) ? bytes : 0;
    }
    return memory;
  }

  private static long bytes(String quantity) {
    try {
      return Quantities.whole(quantity);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          OPTION + ": \"" + quantity + "\" is no amount such as 1Gi", e);
    }
  }
}
