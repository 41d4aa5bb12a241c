/**
 * The trail of who changed, or tried to change, what: one chain of entries per logical cluster,
 * append only, in monthly parts. The database makes the chains and refuses changes (migration V11);
 * here entries are added ({@code AuditLog}), found ({@code AuditSearch}), verified ({@code
 * ChainCheck}) and, when they were kept long enough, forgotten ({@code AuditRetention}). No state
 * but the database's; any thread may call.
 */
@NullMarked
package dev.argosy.tenancy.audit;

import org.jspecify.annotations.NullMarked;
