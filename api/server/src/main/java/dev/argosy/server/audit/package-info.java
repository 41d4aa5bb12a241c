/**
 * The audit trail's way into PostgreSQL. Requests put their record into a bounded queue and go on;
 * one thread writes batches. Full queue or lost database never delay or fail a request: what does
 * not fit is counted and the count is logged.
 */
@NullMarked
package dev.argosy.server.audit;

import org.jspecify.annotations.NullMarked;
