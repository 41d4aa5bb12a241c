/**
 * Reading collections: which objects a caller may see of a resource ({@link
 * dev.argosy.server.list.View}), which of them it asked for ({@link
 * dev.argosy.server.list.Selection}), at which revision, page by page. Everything comes from the
 * watch cache's snapshots; nothing is parsed unless a field selector needs it.
 *
 * <p>Who may not see all namespaces sees some: {@link dev.argosy.server.list.InReach} visits no
 * other.
 *
 * <p>No state; request threads enter.
 */
@NullMarked
package dev.argosy.server.list;

import org.jspecify.annotations.NullMarked;
