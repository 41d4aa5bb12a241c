/**
 * Who asks, and may they: the two questions every request answers before anything else. Interfaces
 * and values; the answers come from authentication and authorization.
 */
@NullMarked
package dev.argosy.server.access;

import org.jspecify.annotations.NullMarked;
