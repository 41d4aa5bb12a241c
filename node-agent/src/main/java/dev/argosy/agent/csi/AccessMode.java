package dev.argosy.agent.csi;

import java.util.List;

/**
 * Who mounts a volume, and how.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes">Kubernetes:
 *     access modes</a>
 */
public enum AccessMode {
  UNKNOWN(0),
  SINGLE_NODE_WRITER(1),
  SINGLE_NODE_READER_ONLY(2),
  MULTI_NODE_READER_ONLY(3),
  MULTI_NODE_SINGLE_WRITER(4),
  MULTI_NODE_MULTI_WRITER(5),
  SINGLE_NODE_SINGLE_WRITER(6),
  SINGLE_NODE_MULTI_WRITER(7);

  private final int number;

  AccessMode(int number) {
    this.number = number;
  }

  /** CSI's number for it. */
  public int number() {
    return number;
  }

  /**
   * What a PersistentVolume's modes come to for a pod: as with kubelet, its first one counts.
   *
   * @param finer whether the driver tells one pod from several on a node
   */
  public static AccessMode of(List<String> modes, boolean finer) {
    return switch (modes.isEmpty() ? "" : modes.getFirst()) {
      case "ReadWriteMany" -> MULTI_NODE_MULTI_WRITER;
      case "ReadOnlyMany" -> MULTI_NODE_READER_ONLY;
      case "ReadWriteOncePod" -> finer ? SINGLE_NODE_SINGLE_WRITER : SINGLE_NODE_WRITER;
      default -> finer ? SINGLE_NODE_MULTI_WRITER : SINGLE_NODE_WRITER;
    };
  }
}
