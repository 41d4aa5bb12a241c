/**
 * Answers the questions of tenants ({@code PlacementQuery}): would these pods fit, where, and what
 * is the smallest change with which they would. It works on a {@link
 * dev.argosy.scheduler.whatif.Stage}, a copy of the scheduler's state, so nothing of what it tries
 * is seen by anybody. {@code Answering} decides, {@code QueryDesk} asks the API, gives tenants
 * turns and writes the answers; it has a virtual thread for each tenant with open questions, and
 * none of them is the scheduler's.
 */
@NullMarked
package dev.argosy.scheduler.whatif;

import org.jspecify.annotations.NullMarked;
