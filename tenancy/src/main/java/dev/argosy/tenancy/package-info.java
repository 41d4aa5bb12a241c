/**
 * Tenants and what belongs to them: members, platform roles, quota limits, the audit trail. The
 * domain as plain values, and their rows in PostgreSQL. Depends on the model only; the API server
 * serves the objects ({@code dev.argosy.server.tenant}).
 */
@NullMarked
package dev.argosy.tenancy;

import org.jspecify.annotations.NullMarked;
