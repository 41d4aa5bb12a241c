/**
 * What all controllers run on: a fair queue of keys, workers that reconcile one key at a time, and
 * waiting for one's own writes to come back.
 *
 * <p>{@link dev.argosy.controllers.runtime.KeyQueue} owns which keys wait, are worked on, or are
 * due later. Workers are virtual threads of {@link dev.argosy.controllers.runtime.ControllerLoop}.
 * May depend on the model only.
 */
@NullMarked
package dev.argosy.controllers.runtime;

import org.jspecify.annotations.NullMarked;
