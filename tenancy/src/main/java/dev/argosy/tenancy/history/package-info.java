/**
 * The past revisions of objects in PostgreSQL (migration V20): recorded exactly once by whoever
 * holds a feed ({@code RevisionLog}), with who wrote them ({@code AuthorLog}), found ({@code
 * RevisionSearch}) and, when they were kept long enough, forgotten ({@code HistoryUpkeep}).
 * Contents are bytes here, sealed or not; nobody here opens them. No state but the database's; any
 * thread may call.
 */
@NullMarked
package dev.argosy.tenancy.history;

import org.jspecify.annotations.NullMarked;
