/**
 * Versions of a resource that are kept in another form than their own, and how one becomes the
 * other and back without loss.
 *
 * <p>Stateless; any thread may use it.
 */
@NullMarked
package dev.argosy.model.schema.stored;

import org.jspecify.annotations.NullMarked;
