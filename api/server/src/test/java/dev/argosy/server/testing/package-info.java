/** An API server in a few lines, on a store in memory, with fakes for access. For tests only. */
@NullMarked
package dev.argosy.server.testing;

import org.jspecify.annotations.NullMarked;
