/**
 * The control loops that make objects come true: one package per controller, all on {@link
 * dev.argosy.controllers.runtime}.
 *
 * <p>{@link dev.argosy.controllers.ControllerManager} is the door: the wiring starts one per
 * process, and the one that holds the lease runs all controllers. They see clusters only through
 * {@code ApiClient}.
 */
@NullMarked
package dev.argosy.controllers;

import org.jspecify.annotations.NullMarked;
