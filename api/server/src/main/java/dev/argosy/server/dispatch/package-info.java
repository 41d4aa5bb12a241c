/**
 * The one path that every request takes, and where it ends: {@link
 * dev.argosy.server.dispatch.ApiServlet} takes an HTTP request, {@link
 * dev.argosy.server.dispatch.RequestPath} leads it through the steps (who asks, acting as whom, may
 * they, is there such a cluster), a handler answers. Refusals become a {@code Status} here and
 * nowhere else.
 *
 * <p>No state between requests; one virtual thread per request.
 */
@NullMarked
package dev.argosy.server.dispatch;

import org.jspecify.annotations.NullMarked;
