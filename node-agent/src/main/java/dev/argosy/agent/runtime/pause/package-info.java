/**
 * The image that sandboxes run: a program of a few instructions that only waits, made here so that
 * no registry and no compiler is needed. Stateless.
 */
@NullMarked
package dev.argosy.agent.runtime.pause;

import org.jspecify.annotations.NullMarked;
