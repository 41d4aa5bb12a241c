/**
 * What is kept of requests. {@link dev.argosy.server.audit.AuditPolicy} says of each how much;
 * {@link dev.argosy.server.audit.AuditContext} collects it on the request's thread, annotations of
 * the steps included; events go to a file and into the trail in PostgreSQL. Requests put an event
 * into bounded queues and go on; one thread per place writes. Full queue, full disk or lost
 * database never delay or fail a request: what does not fit is counted and the count is logged.
 */
@NullMarked
package dev.argosy.server.audit;

import org.jspecify.annotations.NullMarked;
