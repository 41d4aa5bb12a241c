/**
 * Tenants as the API server knows them: the platform's own kinds behind the contract of a store on
 * PostgreSQL ({@link dev.argosy.server.tenant.PlatformStore}), the logical clusters and who belongs
 * to them in memory ({@link dev.argosy.server.tenant.TenantDirectory}), and the loop that makes,
 * stops, brings back and empties a tenant's cluster ({@link
 * dev.argosy.server.tenant.TenantController}). What is wanted stands in the Tenant; what the loop
 * has done, in its status, written before the doing where that must be undone later. Members and
 * grants that end are not counted by the directory, whose clock decides; {@link
 * dev.argosy.server.tenant.EndedRoles} clears them away later.
 *
 * <p>The directory owns its maps and follows the watch of the store on one thread; requests read
 * immutable copies and never wait for SQL. The loop has one thread of its own and may run on any
 * number of servers at a time.
 */
@NullMarked
package dev.argosy.server.tenant;

import org.jspecify.annotations.NullMarked;
