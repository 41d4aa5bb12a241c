/**
 * Time as a dependency: what the clock says and when to be called. One implementation on the
 * system's clock, one that a test moves by hand.
 *
 * <p>Lengths of time are written as the API's clients, which are written in Go, write them.
 *
 * <p>Any thread may call; callbacks run on a thread of the implementation and must be short.
 */
@NullMarked
package dev.argosy.model.time;

import org.jspecify.annotations.NullMarked;
