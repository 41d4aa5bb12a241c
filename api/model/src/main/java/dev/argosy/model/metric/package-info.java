/**
 * Where all parts of the platform leave their measurements, without knowing who shows them. The
 * server shows them in Prometheus' form; a part that nobody measures is given {@link
 * dev.argosy.model.metric.Metrics#none()}. Any thread may measure.
 */
@NullMarked
package dev.argosy.model.metric;

import org.jspecify.annotations.NullMarked;
