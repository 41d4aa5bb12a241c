/**
 * What the server measures, and how it is shown: {@link
 * dev.argosy.server.metrics.PrometheusMetrics} keeps the measurements of all parts of the process
 * (Prometheus' library is named in this package only), {@link
 * dev.argosy.server.metrics.RequestMetrics} those of requests, {@link
 * dev.argosy.server.metrics.ClusterMetrics} what a tenant may know of its own cluster.
 *
 * <p>Any thread measures; nothing here runs by itself. A logical cluster costs nothing before its
 * first request.
 */
@NullMarked
package dev.argosy.server.metrics;

import org.jspecify.annotations.NullMarked;
