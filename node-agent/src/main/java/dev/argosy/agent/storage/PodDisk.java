package dev.argosy.agent.storage;

import java.util.Map;

/**
 * What one pod keeps on the disk.
 *
 * @param containers bytes by container: its writable layer and its logs
 * @param volumes bytes by volume, of those that lie on the node's disk and end with the pod
 * @param inodes of all of it
 */
public record PodDisk(Map<String, Long> containers, Map<String, Long> volumes, long inodes) {

  public static final PodDisk EMPTY = new PodDisk(Map.of(), Map.of(), 0);

  public PodDisk {
    containers = Map.copyOf(containers);
    volumes = Map.copyOf(volumes);
  }

  public long volumeBytes() {
    return sum(volumes);
  }

  long total() {
    return sum(containers) + sum(volumes);
  }

  private static long sum(Map<String, Long> amounts) {
    return amounts.values().stream().mapToLong(Long::longValue).sum();
  }
}
