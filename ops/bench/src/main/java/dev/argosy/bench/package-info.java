/**
 * Measures what the design promises, each as a ratio within one run on one machine. Run by {@code
 * ops/bench/run}; no test, nothing depends on it. One class per benchmark; those of control loops
 * have packages of their own.
 */
@NullMarked
package dev.argosy.bench;

import org.jspecify.annotations.NullMarked;
