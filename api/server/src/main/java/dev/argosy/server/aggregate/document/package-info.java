/**
 * What API servers of tenants say of themselves: discovery in both forms, and OpenAPI. All of it is
 * a tenant's word: bounded in size and in number, and used for that tenant's cluster alone.
 *
 * <p>No state; whoever fetches waits.
 */
@NullMarked
package dev.argosy.server.aggregate.document;

import org.jspecify.annotations.NullMarked;
