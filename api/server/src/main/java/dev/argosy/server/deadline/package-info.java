/**
 * How long a request may take. A deadline goes with the thread that serves the request, so that
 * every step, however deep, can ask what is left and stop in time: nothing is interrupted but
 * reading the client's body and sending the answer, where somebody outside decides how long it
 * takes.
 *
 * <p>One virtual thread looks once a second for requests that are stuck there. Any thread enters.
 */
@NullMarked
package dev.argosy.server.deadline;

import org.jspecify.annotations.NullMarked;
