/** Who asks. Values only. */
@NullMarked
package dev.argosy.model.access;

import org.jspecify.annotations.NullMarked;
