/**
 * The node itself in the API: its object, its condition, and the lease that says it lives. One
 * virtual thread owns all of it.
 */
@NullMarked
package dev.argosy.agent.node;

import org.jspecify.annotations.NullMarked;
