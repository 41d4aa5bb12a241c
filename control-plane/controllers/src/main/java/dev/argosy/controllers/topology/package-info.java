/**
 * How the zones of a tenant's nodes share the endpoints of a Service that asks for it ({@code
 * service.kubernetes.io/topology-mode: Auto}): each as many as its part of the processors. Pure;
 * {@link dev.argosy.controllers.topology.Zones} follows the nodes and owns the last counts that it
 * made.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/">Topology
 *     Aware Routing</a>
 */
@NullMarked
package dev.argosy.controllers.topology;

import org.jspecify.annotations.NullMarked;
