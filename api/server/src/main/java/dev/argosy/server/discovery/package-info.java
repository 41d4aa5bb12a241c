/**
 * What the server says of itself: served groups and resources in both forms of discovery, version,
 * health.
 *
 * <p>Documents are kept per table of kinds, a bounded number of them; request threads enter.
 */
@NullMarked
package dev.argosy.server.discovery;

import org.jspecify.annotations.NullMarked;
