/**
 * Custom resources as kinds: everything that the rest of the server asks of a kind, answered from a
 * definition.
 *
 * <p>Kinds are made when a definition is first used and are immutable, but for a memory of objects
 * that they converted; any thread may enter.
 */
@NullMarked
package dev.argosy.server.custom.kind;

import org.jspecify.annotations.NullMarked;
