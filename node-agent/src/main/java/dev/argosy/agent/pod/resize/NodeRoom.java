package dev.argosy.agent.pod.resize;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What the pods of this node were granted, and whether one of them can get more. Any thread. */
public final class NodeRoom {

  private final PodRequest allocatable;
  private final BooleanSupplier complete;
  private final Map<String, PodRequest> granted = new HashMap<>();

  /**
   * @param allocatable what the node gives to pods
   * @param complete whether all pods of the node are known; before that nothing more is granted
   */
  public NodeRoom(PodRequest allocatable, BooleanSupplier complete) {
    this.allocatable = allocatable;
    this.complete = complete;
  }

  public boolean complete() {
    return complete.getAsBoolean();
  }

  /** Counts a pod that was bound here, or goes on as it was; the scheduler has made room for it. */
  public synchronized void take(String uid, PodRequest request) {
    granted.put(uid, request);
  }

  /** Grants a pod another size, or says why not yet. Less than before is always granted. */
  public synchronized Optional<Pending> resize(String uid, PodRequest wanted) {
    PodRequest before = granted.get(uid);
    Optional<Pending> refusal =
        before != null && wanted.within(before) ? Optional.empty() : refusal(uid, wanted);
    if (refusal.isEmpty()) {
      granted.put(uid, wanted);
    }
    return refusal;
  }

  public synchronized void free(String uid) {
    granted.remove(uid);
  }

  private Optional<Pending> refusal(String uid, PodRequest wanted) {
    if (wanted.memoryBytes() > allocatable.memoryBytes()) {
      return Optional.of(
          Pending.infeasible("memory", wanted.memoryBytes(), allocatable.memoryBytes()));
    }
    if (wanted.cpuThousandths() > allocatable.cpuThousandths()) {
      return Optional.of(
          Pending.infeasible("cpu", wanted.cpuThousandths(), allocatable.cpuThousandths()));
    }
    PodRequest used = others(uid);
    PodRequest sum = used.plus(wanted);
    if (sum.cpuThousandths() > allocatable.cpuThousandths()) {
      return Optional.of(
          Pending.deferred(
              "cpu", wanted.cpuThousandths(), used.cpuThousandths(), allocatable.cpuThousandths()));
    }
    if (sum.memoryBytes() > allocatable.memoryBytes()) {
      return Optional.of(
          Pending.deferred(
              "memory", wanted.memoryBytes(), used.memoryBytes(), allocatable.memoryBytes()));
    }
    return Optional.empty();
  }

  private PodRequest others(String uid) {
    PodRequest sum = new PodRequest(0, 0);
    for (Map.Entry<String, PodRequest> pod : granted.entrySet()) {
      if (!pod.getKey().equals(uid)) {
        sum = sum.plus(pod.getValue());
      }
    }
    return sum;
  }
}
