/**
 * Objects of the platform's own kinds as documents with revisions, and the log of their changes.
 *
 * <p>Every commit locks the one row of {@code store_revision}, so commits are serial and become
 * visible in the order of their revisions: who has seen revision <i>n</i> can never later be shown
 * a smaller one. The log keeps the past, as etcd does, until it is compacted. Typed rows of a kind
 * ({@link dev.argosy.tenancy.objects.Projection}) are written in the same transaction.
 *
 * <p>State lives in PostgreSQL only. Any thread may call.
 */
@NullMarked
package dev.argosy.tenancy.objects;

import org.jspecify.annotations.NullMarked;
