/**
 * Pods on Docker Engine: a sandbox is a waiting container whose network and IPC namespaces the
 * pod's containers join. Talks to the engine's socket through docker-java; holds no state but a
 * cache of what cannot change any more.
 *
 * <p>Everything made here carries the label {@code argosy.dev/agent} with this agent's name, and
 * only what carries it is ever seen or touched. Any thread may call; streams use one thread each
 * while they are open.
 */
@NullMarked
package dev.argosy.agent.runtime.docker;

import org.jspecify.annotations.NullMarked;
