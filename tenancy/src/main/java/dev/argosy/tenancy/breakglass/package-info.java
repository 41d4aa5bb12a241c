/**
 * Access to a tenant that somebody takes for a while and for a reason, because an emergency cannot
 * wait: the value, and its row.
 */
@NullMarked
package dev.argosy.tenancy.breakglass;

import org.jspecify.annotations.NullMarked;
