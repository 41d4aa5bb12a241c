/**
 * Requests that nobody would write: made of the tables of kinds and fields, and of broken bytes.
 * What must hold for all of them: an answer soon, never a 5xx, every refusal a {@code Status},
 * nothing kept by halves, no growth of memory or threads. Each run is led by one seed, which a
 * failure tells.
 */
@NullMarked
package dev.argosy.server.fuzz;

import org.jspecify.annotations.NullMarked;
