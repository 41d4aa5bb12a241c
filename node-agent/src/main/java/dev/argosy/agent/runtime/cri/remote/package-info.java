/**
 * Conversations with processes in containers, through a CRI runtime's streaming server: the remote
 * command protocol of Kubernetes in its version 4, over SPDY/3.1. That is the one form that ends a
 * process's input and that every runtime serves (containerd before 2.0 has no WebSocket of version
 * 5). A connection has one thread that reads; each stream is written by a thread of its user.
 */
@NullMarked
package dev.argosy.agent.runtime.cri.remote;

import org.jspecify.annotations.NullMarked;
