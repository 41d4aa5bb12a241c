/**
 * Presets: objects that every logical cluster has without storing them. Reads show them among the
 * stored ones; the first change of one stores a copy, which hides it until it is deleted.
 *
 * <p>No state.
 */
@NullMarked
package dev.argosy.server.preset;

import org.jspecify.annotations.NullMarked;
