/**
 * Figures for people: as text, and over time as bars that the server draws. Pure but for the panel.
 */
@NullMarked
package dev.argosy.console.chart;

import org.jspecify.annotations.NullMarked;
