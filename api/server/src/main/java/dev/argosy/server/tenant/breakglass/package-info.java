/**
 * Access to a tenant that somebody of the platform takes for a while and for a reason: what it may
 * be ({@link dev.argosy.server.tenant.breakglass.BreakGlassKind}), who sees and ends it ({@link
 * dev.argosy.server.tenant.breakglass.BreakGlassRights}), and how the tenant is told ({@link
 * dev.argosy.server.tenant.breakglass.BreakGlassController}). That it counts, and that what is done
 * by it is marked in the audit trail, is the authorizer's affair.
 *
 * <p>No state of its own: everything is in the platform's store. The loop may run on any number of
 * servers at a time.
 */
@NullMarked
package dev.argosy.server.tenant.breakglass;

import org.jspecify.annotations.NullMarked;
