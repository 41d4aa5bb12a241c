/**
 * Priority and fairness: every request from outside needs seats before it is looked at. Each
 * logical cluster is a tenant of one pool ({@link dev.argosy.server.flowcontrol.seat}); inside it
 * its own FlowSchemas and PriorityLevelConfigurations decide ({@link
 * dev.argosy.server.flowcontrol.schema}). Callers within the process (control loops, console) are
 * limited by their own numbers of workers and do not come here.
 *
 * <p>What is known of a cluster is made when a request for it comes and forgotten some minutes
 * after the last one; there are no threads or timers for it. One thread writes which flow schemas
 * refer to nothing. Any thread enters.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/cluster-administration/flow-control/">API
 *     Priority and Fairness</a>
 */
@NullMarked
package dev.argosy.server.flowcontrol;

import org.jspecify.annotations.NullMarked;
