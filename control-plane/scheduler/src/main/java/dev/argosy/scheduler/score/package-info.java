/** Where a pod had best run: an ordered list of scores with weights. Pure functions. */
@NullMarked
package dev.argosy.scheduler.score;

import org.jspecify.annotations.NullMarked;
