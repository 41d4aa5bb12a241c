/**
 * What a node says that its pods really use: the form in which agents report it and servers read
 * it. Values only.
 *
 * <p>Everything but memory is counted up from the beginning of an <em>instance</em>: one run of one
 * container, or one network namespace of a pod. So a report that is lost, late or comes twice costs
 * nothing: the next one says it all again, and what counts is how much more than the last one that
 * was kept it says.
 */
@NullMarked
package dev.argosy.model.use;

import org.jspecify.annotations.NullMarked;
