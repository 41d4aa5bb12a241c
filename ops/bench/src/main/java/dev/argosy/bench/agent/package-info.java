/**
 * A node agent as a process of its own, against an API server in this process ({@code
 * AgentPlatform}) and an engine that only keeps books ({@code PlayedEngine}), or a real one. {@link
 * dev.argosy.bench.agent.AgentFootprint} measures what it takes up; {@link
 * dev.argosy.bench.agent.Rehearsal} lets it live for a few seconds, so that the JVM can note for an
 * archive which classes that takes ({@code ops/agent-package}).
 */
@NullMarked
package dev.argosy.bench.agent;

import org.jspecify.annotations.NullMarked;
