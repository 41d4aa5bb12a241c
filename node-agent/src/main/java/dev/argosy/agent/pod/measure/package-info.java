/**
 * What is measured of pods' lives: how long they take to begin and each round of their workers, and
 * what probes answer. Any thread may measure.
 */
@NullMarked
package dev.argosy.agent.pod.measure;

import org.jspecify.annotations.NullMarked;
