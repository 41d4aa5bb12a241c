/**
 * Finds pods among what runs on the engine, by labels alone, so that it works from the first moment
 * after a restart of the agent. Stateless; any thread.
 */
@NullMarked
package dev.argosy.agent.pod.running;

import org.jspecify.annotations.NullMarked;
