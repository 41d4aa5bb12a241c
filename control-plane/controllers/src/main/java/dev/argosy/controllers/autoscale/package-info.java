/**
 * Sets the number of replicas of what HorizontalPodAutoscalers name, by what is measured.
 *
 * <p>{@link dev.argosy.controllers.autoscale.MetricsReader} asks the metrics APIs of the cluster,
 * {@link dev.argosy.controllers.autoscale.Measured} makes a number of replicas of each answer,
 * {@link dev.argosy.controllers.autoscale.Proposals} the one of all metrics, {@link
 * dev.argosy.controllers.autoscale.Pace} what the behavior allows of it. {@link
 * dev.argosy.controllers.autoscale.Autoscaler} applies it.
 *
 * <p>State: what was recommended and done lately for each autoscaler ({@link
 * dev.argosy.controllers.autoscale.Recent}), lost with the term; entered by the workers of {@link
 * dev.argosy.controllers.autoscale.AutoscaleController}. An autoscaler is due every fifteen
 * seconds; a cluster without any has no timer.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/">
 *     Horizontal Pod Autoscaling</a>
 */
@NullMarked
package dev.argosy.controllers.autoscale;

import org.jspecify.annotations.NullMarked;
