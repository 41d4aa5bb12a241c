package dev.argosy.agent.stats;

import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.tunnel.PodRef;
import java.time.Instant;

/**
 * A running container.
 *
 * @param name in its pod
 */
record ContainerReading(
    PodRef pod, String name, Container container, Instant startedAt, GroupReading group) {}
