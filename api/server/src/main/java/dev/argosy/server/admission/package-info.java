/**
 * The rules that a write must pass between authorization and the store, as one explicit ordered
 * list of steps. Steps keep no state except what they are given; request threads enter them.
 */
@NullMarked
package dev.argosy.server.admission;

import org.jspecify.annotations.NullMarked;
