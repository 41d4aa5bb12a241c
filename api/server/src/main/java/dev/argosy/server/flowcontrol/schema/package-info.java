/**
 * Which requests belong together: FlowSchemas and PriorityLevelConfigurations as they are asked on
 * every request. Immutable once compiled; any thread may ask.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/cluster-administration/flow-control/">API
 *     Priority and Fairness</a>
 */
@NullMarked
package dev.argosy.server.flowcontrol.schema;

import org.jspecify.annotations.NullMarked;
