/**
 * Seats: how much may be under way at once, and whose turn it is. One {@link
 * dev.argosy.server.flowcontrol.seat.SeatPool} for the server; in it tenants, which share the seats
 * max-min fairly; in a tenant priority levels, which have nominal shares and lend to each other; in
 * a level queues, which are served in the order of virtual finish times (start-time fair queuing,
 * as KEP-1040 uses it). Knows nothing of HTTP, objects or clusters.
 *
 * <p>One lock guards all state; it is held for some comparisons and additions, never while waiting.
 * Any thread enters; whoever must wait parks. No threads and no timers of its own.
 *
 * @see <a
 *     href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/1040-priority-and-fairness">KEP-1040</a>
 */
@NullMarked
package dev.argosy.server.flowcontrol.seat;

import org.jspecify.annotations.NullMarked;
