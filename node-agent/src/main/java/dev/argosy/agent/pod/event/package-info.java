/**
 * Tells the owners of pods what happens to them, as Events in their namespace. Repeated ones are
 * counted, not multiplied. One virtual thread writes; a full queue drops the newest.
 */
@NullMarked
package dev.argosy.agent.pod.event;

import org.jspecify.annotations.NullMarked;
