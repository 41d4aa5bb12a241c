/**
 * The scheduler's part in binding volume claims: the node of a claim's first pod becomes the
 * claim's, and later pods follow it there. {@link dev.argosy.scheduler.volume.ClaimUse} counts
 * which claims are in use where, as part of the scheduler's state; nothing else is owned here.
 * Entered by the scheduler's thread, and by those that bind.
 */
@NullMarked
package dev.argosy.scheduler.volume;

import org.jspecify.annotations.NullMarked;
