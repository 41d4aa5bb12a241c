/**
 * Starts the Jobs of CronJobs when their time has come, and deletes the oldest of those that have
 * finished. {@link dev.argosy.controllers.cronjob.Schedule} tells times, {@link
 * dev.argosy.controllers.cronjob.CronPlan} decides, one class applies. A Job's name is made of the
 * time it is for, so it cannot be started twice. State: what its own writes have not been seen of
 * yet; entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.cronjob;

import org.jspecify.annotations.NullMarked;
