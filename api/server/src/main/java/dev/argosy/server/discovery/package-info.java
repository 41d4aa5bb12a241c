/**
 * What the server says of itself: served groups and resources in both forms of discovery, version,
 * health.
 *
 * <p>No state; request threads enter.
 */
@NullMarked
package dev.argosy.server.discovery;

import org.jspecify.annotations.NullMarked;
