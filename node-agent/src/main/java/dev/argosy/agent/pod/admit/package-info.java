/**
 * Whether this node takes a pod that was bound to it: what kubelet calls admission. Each pod is
 * asked about once, before anything of it is made; one that is refused fails at once and is never
 * begun. Decisions are pure but for the ports that pods hold ({@link
 * dev.argosy.agent.pod.admit.TakenPorts}). Called by the pods' workers, from any thread.
 */
@NullMarked
package dev.argosy.agent.pod.admit;

import org.jspecify.annotations.NullMarked;
