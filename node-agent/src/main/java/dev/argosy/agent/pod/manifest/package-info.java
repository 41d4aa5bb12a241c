/**
 * Static pods: those that stand in files of a folder on the node and run whether or not there is an
 * API server, and their mirrors in the platform's own cluster, by which people see them. Reading
 * and deciding only; {@code dev.argosy.agent.pod.sync.StaticPods} acts. Any thread.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/">Create static
 *     Pods</a>
 */
@NullMarked
package dev.argosy.agent.pod.manifest;

import org.jspecify.annotations.NullMarked;
