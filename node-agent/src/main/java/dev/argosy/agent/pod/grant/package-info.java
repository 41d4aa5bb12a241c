/**
 * Whether the tenant of a pod may use this node. A pod can name a node that is not there yet, of
 * whatever pool it will be; the server cannot refuse that, so the node does, before anything of the
 * pod is made. Keeps the last answers. Called by the pods' workers, from any thread.
 */
@NullMarked
package dev.argosy.agent.pod.grant;

import org.jspecify.annotations.NullMarked;
