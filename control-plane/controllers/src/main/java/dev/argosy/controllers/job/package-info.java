/**
 * Runs the pods of Jobs until enough have succeeded or too many have failed, and deletes finished
 * Jobs when their time is over. A pass makes a {@link dev.argosy.controllers.job.JobPlan} of what
 * is known, and one class applies it. A pod counts once: its uid stands in the Job's status from
 * before its finalizer goes until after (KEP-2307), so a crash between the two loses nothing.
 * State: what its own writes have not been seen of yet, and how long failures hold back new pods;
 * entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.job;

import org.jspecify.annotations.NullMarked;
