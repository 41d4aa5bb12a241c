/**
 * Evaluation: a checked syntax tree becomes a tree of {@link Node}s once, which then runs in any
 * number of threads, each with a {@link Frame} of its own. Every step is charged to the frame's
 * {@link Meter} by the rules of cel-go's runtime cost tracker, which Kubernetes' limits are made
 * for. Expected failures inside are {@link EvalError}s, because {@code &&}, {@code ||} and the
 * macros made of them absorb them; the package above turns what remains into values.
 */
@NullMarked
package dev.argosy.server.cel.eval;

import org.jspecify.annotations.NullMarked;
