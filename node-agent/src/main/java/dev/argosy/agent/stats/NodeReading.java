package dev.argosy.agent.stats;

import dev.argosy.model.tunnel.PodRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All of the node at one moment.
 *
 * @param networks of pods that have one of their own
 */
record NodeReading(
    Instant at,
    MachineReading machine,
    List<ContainerReading> containers,
    Map<PodRef, List<InterfaceReading>> networks) {}
