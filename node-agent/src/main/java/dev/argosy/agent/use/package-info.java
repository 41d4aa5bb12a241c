/**
 * What pods of this node really use. {@code UseSampler} reads the kernel's counters: cgroups (v1
 * and v2) and {@code /proc}, never the engine's own figures, which take a second each. {@code
 * UseBook} remembers the last counters of every instance, also of those that ended, until a server
 * has kept them, and over a restart of the agent. {@code UseReporter} samples and sends on one
 * thread of its own; {@code StatsSummary} writes the same for people and monitoring, from any
 * thread.
 */
@NullMarked
package dev.argosy.agent.use;

import org.jspecify.annotations.NullMarked;
