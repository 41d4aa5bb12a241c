/**
 * What to do next for one pod: a pure function of the wanted pod, what the engine shows, what the
 * agent remembers, and the time. Holds no state, touches nothing.
 */
@NullMarked
package dev.argosy.agent.pod.plan;

import org.jspecify.annotations.NullMarked;
