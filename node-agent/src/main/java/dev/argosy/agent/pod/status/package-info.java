/**
 * A pod's status in the words of Kubernetes: a pure function of what is wanted, seen, and
 * remembered.
 */
@NullMarked
package dev.argosy.agent.pod.status;

import org.jspecify.annotations.NullMarked;
