/**
 * One revision of one object, as everything inside Argosy passes it along: canonical JSON bytes
 * with the little that must be known about them without parsing ({@link
 * dev.argosy.model.object.ObjectKey}, revision, {@link dev.argosy.model.object.ObjectMeta}).
 *
 * <p>All types are immutable and may be shared between threads. Depends on Jackson only.
 */
@NullMarked
package dev.argosy.model.object;

import org.jspecify.annotations.NullMarked;
