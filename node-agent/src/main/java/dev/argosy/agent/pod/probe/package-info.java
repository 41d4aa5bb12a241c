/**
 * Asks containers for their health. One virtual thread per probe of a running container; results go
 * to a {@link dev.argosy.agent.pod.probe.ProbeListener}.
 */
@NullMarked
package dev.argosy.agent.pod.probe;

import org.jspecify.annotations.NullMarked;
