/** Holds the house to its plan: which arrows exist, and what no room may contain. */
@NullMarked
package dev.argosy.wiring.architecture;

import org.jspecify.annotations.NullMarked;
