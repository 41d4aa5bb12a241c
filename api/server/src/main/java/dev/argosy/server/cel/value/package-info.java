/**
 * The values of expressions. A value is one of: {@link dev.cel.common.values.NullValue#NULL_VALUE},
 * {@code Boolean}, {@code Long}, {@code UnsignedLong}, {@code Double}, {@code String}, {@link
 * dev.cel.common.values.CelByteString}, {@code Instant}, {@code java.time.Duration}, {@code List}
 * and {@code Map} of values, {@code Optional} of a value, {@link TypeName}, and the values of
 * Kubernetes' libraries ({@link Opaque}). JSON trees are seen through views, not copied.
 *
 * <p>Values are immutable as far as expressions can tell and may be shared between threads, except
 * views of a tree that its owner still changes.
 */
@NullMarked
package dev.argosy.server.cel.value;

import org.jspecify.annotations.NullMarked;
