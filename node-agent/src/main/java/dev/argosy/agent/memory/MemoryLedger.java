package dev.argosy.agent.memory;

import dev.argosy.agent.topology.Hint;
import dev.argosy.agent.topology.Hints;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who has memory of which NUMA nodes. Nodes on which something lies together are a group: what is
 * given of one of them later is given of the same group, so that nobody's part can run full by
 * another's.
 *
 * @param offered what a node gives, bytes by resource
 * @param blocks by {@code UID/CONTAINER}
 */
record MemoryLedger(Map<Integer, Map<String, Long>> offered, Map<String, Block> blocks) {

  /**
   * What one has.
   *
   * @param nodes one bit for each
   */
  record Block(long nodes, Map<String, Long> bytes) {
    Block {
      bytes = Map.copyOf(bytes);
    }
  }

  MemoryLedger {
    offered = Map.copyOf(offered);
    blocks = Map.copyOf(blocks);
  }

  private long everyNode() {
    long bits = 0;
    for (int node : offered.keySet()) {
      bits |= 1L << node;
    }
    return bits;
  }

  /** Sets of nodes that have all of it. */
  List<Hint> hints(Map<String, Long> wanted) {
    return Hints.of(
        everyNode(),
        nodes -> fits(wanted, nodes, Map.of()),
        nodes -> unbroken(nodes) && fits(wanted, nodes, blocks));
  }

  /** Whether no group reaches over the edge of these nodes, or is only a part of them. */
  private boolean unbroken(long nodes) {
    return blocks.values().stream()
        .allMatch(block -> block.nodes() == nodes || (block.nodes() & nodes) == 0);
  }

  private boolean fits(Map<String, Long> wanted, long nodes, Map<String, Block> others) {
    return wanted.entrySet().stream()
        .allMatch(e -> e.getValue() <= free(e.getKey(), nodes, others));
  }

  private long free(String resource, long nodes, Map<String, Block> others) {
    long free = 0;
    for (Map.Entry<Integer, Map<String, Long>> node : offered.entrySet()) {
      free += (nodes >> node.getKey() & 1) == 1 ? amount(node.getValue(), resource) : 0;
    }
    for (Block block : others.values()) {
      free -= (block.nodes() & nodes) == 0 ? 0 : amount(block.bytes(), resource);
    }
    return free;
  }

  private static long amount(Map<String, Long> amounts, String resource) {
    return amounts.getOrDefault(resource, 0L);
  }

  /**
   * With so much for one who has none; empty if there is not enough anywhere.
   *
   * @param near bits of the nodes where it should lie, to which others are added if they must; 0
   *     for the fewest that do
   */
  Optional<MemoryLedger> give(String owner, Map<String, Long> wanted, long near) {
    return hints(wanted).stream()
        .filter(hint -> (hint.nodes() & near) == near)
        .min(
            Comparator.<Hint>comparingInt(hint -> Long.bitCount(hint.nodes()))
                .thenComparingLong(Hint::nodes))
        .map(hint -> with(owner, new Block(hint.nodes(), wanted)));
  }

  MemoryLedger with(String owner, Block block) {
    Map<String, Block> more = new HashMap<>(blocks);
    more.put(owner, block);
    return new MemoryLedger(offered, more);
  }

  /** Without what containers of a pod have. */
  MemoryLedger without(String uid) {
    Map<String, Block> left = new HashMap<>(blocks);
    left.keySet().removeIf(owner -> owner.startsWith(uid + "/"));
    return new MemoryLedger(offered, left);
  }

  /** The pods that have some. */
  Set<String> pods() {
    return blocks.keySet().stream()
        .map(owner -> owner.substring(0, owner.indexOf('/')))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
