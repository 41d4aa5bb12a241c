/** What a node offers and what is taken of it. Immutable values; a change makes a new one. */
@NullMarked
package dev.argosy.scheduler.node;

import org.jspecify.annotations.NullMarked;
