/**
 * Tenants that users ask for: what a request is ({@link
 * dev.argosy.server.tenant.request.RequestKind}), who may see and decide it ({@link
 * dev.argosy.server.tenant.request.RequestRights}), how it is decided by hand ({@link
 * dev.argosy.server.tenant.request.RequestDecision}) or by a policy, and the loop that makes what
 * was approved ({@link dev.argosy.server.tenant.request.RequestController}).
 *
 * <p>No state of its own: everything is in the platform's store. The loop may run on any number of
 * servers at a time; each step is one transaction there, or safe to do twice.
 */
@NullMarked
package dev.argosy.server.tenant.request;

import org.jspecify.annotations.NullMarked;
