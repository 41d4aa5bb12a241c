/**
 * Nodes that are not there: what an agent tells the API of a node and of its pods, without any
 * container. {@code PodLife} decides purely what a pod's status is to be next, from what the API
 * has; {@code FakeKubelets} applies it for all nodes of the process, {@code FakeNodes} keeps the
 * nodes' objects and leases. Both know the API by {@link dev.argosy.model.client.ApiClient} only;
 * {@link dev.argosy.bench.nodes.Simulator} is them over HTTP.
 *
 * <p>Nothing is remembered that the API does not have, so a simulator that is started again goes on
 * where it was. One informer holds all pods; a fixed number of virtual threads writes; there is no
 * thread for a node or a pod.
 */
@NullMarked
package dev.argosy.bench.nodes;

import org.jspecify.annotations.NullMarked;
