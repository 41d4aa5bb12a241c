/**
 * The node's own word on a pod that its containers would not end: it may not begin here, or must
 * end. Values without state; any thread.
 */
@NullMarked
package dev.argosy.agent.pod.verdict;

import org.jspecify.annotations.NullMarked;
