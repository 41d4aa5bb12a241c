package dev.argosy.agent.device;

import java.util.Set;

/**
 * A device as its plug-in describes it.
 *
 * @param numaNodes those that it is near to; empty if that does not matter
 */
record Device(String id, boolean healthy, Set<Integer> numaNodes) {
  Device {
    numaNodes = Set.copyOf(numaNodes);
  }
}
