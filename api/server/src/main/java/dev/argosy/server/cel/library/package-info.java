/**
 * The functions that expressions can call: CEL's own, its extensions, and Kubernetes' libraries.
 * Each class here is one library: what the checker knows of it (declarations), what it does and
 * what a call costs. {@link Libraries} lists those of Kubernetes 1.35. Without state.
 */
@NullMarked
package dev.argosy.server.cel.library;

import org.jspecify.annotations.NullMarked;
