/**
 * What the agent asks of a container engine: sandboxes (the namespaces a pod shares), containers in
 * them, images, and the streams of running containers. Docker, CRI and a fake stand behind it.
 *
 * <p>The engine owns all state; labels given at creation are how the agent finds its things again
 * after a restart. Every call blocks and may come from any thread. What an engine refuses, and an
 * engine that is gone, is a {@link dev.argosy.agent.runtime.spi.RuntimeFailure}.
 */
@NullMarked
package dev.argosy.agent.runtime.spi;

import org.jspecify.annotations.NullMarked;
