/** Removes pods that no node agent will ever finish. State: none; entered by its workers. */
@NullMarked
package dev.argosy.controllers.podgc;

import org.jspecify.annotations.NullMarked;
