/**
 * Keeps the agent's heap as small as what is in it. One thread of its own enters; it depends on
 * nothing.
 */
@NullMarked
package dev.argosy.agent.heap;

import org.jspecify.annotations.NullMarked;
