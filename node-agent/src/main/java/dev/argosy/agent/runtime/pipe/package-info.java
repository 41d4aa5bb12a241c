/**
 * Bytes between two threads. A pipe's state belongs to its lock; one writer and one reader, and
 * anyone may close.
 */
@NullMarked
package dev.argosy.agent.runtime.pipe;

import org.jspecify.annotations.NullMarked;
