/** What objects were: their revisions, what is different now, and bringing them back. */
@NullMarked
package dev.argosy.console.history;

import org.jspecify.annotations.NullMarked;
