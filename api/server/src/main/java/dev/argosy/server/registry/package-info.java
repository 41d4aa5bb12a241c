/**
 * What it means to create, update, patch and delete an object: one generic way for all kinds, with
 * a small {@code Strategy} where a kind differs. The only package that writes to the store.
 *
 * <p>Holds no state of its own: objects live in the store and its watch cache. Any number of
 * request threads enter it.
 */
@NullMarked
package dev.argosy.server.registry;

import org.jspecify.annotations.NullMarked;
