/**
 * Sealed at rest: objects of chosen resources stand encrypted in the store, each logical cluster's
 * under keys of its own; everything above sees plain values as before.
 *
 * <p>A cluster's data keys stand wrapped in one value of the store ({@link
 * dev.argosy.store.seal.KeyRecord}), under a resource that no API serves. Every transaction that
 * writes something sealed checks that this value is still the one it was sealed by. So, in the
 * store's own order of things: what is sealed with a key was written after the key, where every
 * server finds it; once a new key is in, nothing more is written with the old one; and a key that
 * nothing is sealed with can be dropped without a race.
 *
 * <p><b>State.</b> {@link dev.argosy.store.seal.ClusterKeys} owns what is known of keys; {@link
 * dev.argosy.store.seal.Troubles} what could not be read. <b>Threads.</b> Any thread reads and
 * writes; the store's watch tells of keys; {@link dev.argosy.store.seal.SealUpkeep} has one thread
 * per server. See docs/decisions/0035-sealed-at-rest.md.
 */
@NullMarked
package dev.argosy.store.seal;

import org.jspecify.annotations.NullMarked;
