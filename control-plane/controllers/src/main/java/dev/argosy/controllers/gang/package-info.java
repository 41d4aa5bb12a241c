/**
 * What becomes of the pods of a gang, as the status of their PodGroup: its phase and counts. The
 * scheduler decides about gangs; nothing is decided here. Entered by the workers of its queue.
 */
@NullMarked
package dev.argosy.controllers.gang;

import org.jspecify.annotations.NullMarked;
