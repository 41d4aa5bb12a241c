/**
 * Access tokens: what programs authenticate with in the place of a user who logs in, or of a
 * service account ({@code accesstokens} of {@code access.argosy.dev}, objects of the cluster in
 * which they count).
 *
 * <p>{@link dev.argosy.server.token.TokenKind} makes them, when everybody who has a say in the
 * object has had it; the secret is in that one answer and nowhere else. {@link
 * dev.argosy.server.token.TokenBook} has those of all clusters in memory, current by watching; it
 * tells how far one may go, and whose watches to look at when that changes. {@link
 * dev.argosy.server.token.TokenCheck} authenticates out of it without a question to a store, but
 * for an id that it does not know, which another server may just have made. {@link
 * dev.argosy.server.token.TokenUpkeep} has two threads: what is used is noted in the object once an
 * hour, what has ended goes a day later. Any number of servers may do so at a time.
 */
@NullMarked
package dev.argosy.server.token;

import org.jspecify.annotations.NullMarked;
