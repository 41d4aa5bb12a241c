/**
 * Invitations to tenants ({@code invitations} of {@code tenancy.argosy.dev}): somebody who may make
 * a Member offers that to whoever has an e-mail address, and the Member is made when that person
 * accepts. Invitation and Member are written in one transaction, so there is never one without the
 * other, whoever dies in between. What the inviter may do is asked anew at that moment.
 *
 * <p>Besides each invitation, the store keeps under its uid as whom it was made ({@link
 * dev.argosy.server.tenant.invitation.Inviter}): whoever is invited sees the inviter's name, and
 * not which groups they are in. Requests enter on their own threads; the only state in memory are
 * acceptances under way ({@link dev.argosy.server.tenant.invitation.Acceptances}).
 *
 * @see <a href="../../../../../../../../../docs/decisions/0055-invitations.md">Decision 0055</a>
 */
@NullMarked
package dev.argosy.server.tenant.invitation;

import org.jspecify.annotations.NullMarked;
