/**
 * The conditions of a status: reading, changing one without touching the others, writing them with
 * its counts. Owns no state; a value belongs to whoever made it.
 */
@NullMarked
package dev.argosy.controllers.condition;

import org.jspecify.annotations.NullMarked;
