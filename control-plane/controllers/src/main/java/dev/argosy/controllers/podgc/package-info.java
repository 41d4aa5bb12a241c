/**
 * Removes pods that no node agent will ever finish, and the oldest of too many that have ended.
 * State: since when nodes are missing; entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.podgc;

import org.jspecify.annotations.NullMarked;
