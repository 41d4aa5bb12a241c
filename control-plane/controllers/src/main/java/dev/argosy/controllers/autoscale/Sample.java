package dev.argosy.controllers.autoscale;

import java.time.Duration;
import java.time.Instant;

/**
 * What was measured of a pod.
 *
 * @param milli thousandths
 * @param at when the window ended in which it was measured
 */
record Sample(long milli, Instant at, Duration window) {}
