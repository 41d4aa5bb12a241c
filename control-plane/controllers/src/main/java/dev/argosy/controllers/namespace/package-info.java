/** Empties a terminating namespace, then lets it go. State: none; entered by its workers. */
@NullMarked
package dev.argosy.controllers.namespace;

import org.jspecify.annotations.NullMarked;
