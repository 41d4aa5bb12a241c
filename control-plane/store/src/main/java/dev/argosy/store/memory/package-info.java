/**
 * The store as a fake that ships: every promise of the SPI, in the heap of one process. For tests,
 * for trying things out, and as the model that the real stores are compared with.
 *
 * <p>One lock guards all state; watchers are called on virtual threads of their own.
 */
@NullMarked
package dev.argosy.store.memory;

import org.jspecify.annotations.NullMarked;
