/** The nodes granted to a tenant. */
@NullMarked
package dev.argosy.console.node;

import org.jspecify.annotations.NullMarked;
