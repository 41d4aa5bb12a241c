/**
 * Telling users what happened: Event objects about other objects, with repeats counted and floods
 * cut off.
 *
 * <p>{@link dev.argosy.model.event.EventRecorder} owns one virtual thread and a bounded queue; any
 * thread may record, and never waits.
 */
@NullMarked
package dev.argosy.model.event;

import org.jspecify.annotations.NullMarked;
