/** Invitations to tenants: given by who administers one, and answered by who is invited. */
@NullMarked
package dev.argosy.console.invitation;

import org.jspecify.annotations.NullMarked;
