/**
 * Whether this node takes a pod that was bound to it: what kubelet calls admission. There is one
 * door, {@link dev.argosy.agent.pod.admit.PodAdmission}; each {@link
 * dev.argosy.agent.pod.admit.Check} behind it is asked once for each pod, before anything of it is
 * made, and a pod that is refused fails at once and is never begun. The node's other word, that a
 * pod must end, is a {@link dev.argosy.agent.pod.admit.Verdict}. Decisions are pure but for what
 * checks give to pods, which each keeps itself. Called by the pods' workers, from any thread.
 */
@NullMarked
package dev.argosy.agent.pod.admit;

import org.jspecify.annotations.NullMarked;
