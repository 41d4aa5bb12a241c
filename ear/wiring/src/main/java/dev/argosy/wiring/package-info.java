/**
 * Puts the platform together: the only place that names every module. {@link
 * dev.argosy.wiring.Platform} does it in plain Java and owns everything that it starts; the classes
 * with CDI annotations only adapt it to the application server, whose threads call start and stop.
 */
@NullMarked
package dev.argosy.wiring;

import org.jspecify.annotations.NullMarked;
