/** The conditions of a status: reading, changing one without touching the others. Values only. */
@NullMarked
package dev.argosy.controllers.condition;

import org.jspecify.annotations.NullMarked;
