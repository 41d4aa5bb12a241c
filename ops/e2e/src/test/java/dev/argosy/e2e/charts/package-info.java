/**
 * Helm, three and four, with charts in the shape of common public ones ({@code
 * src/test/resources/charts}): installed, changed, rolled back and removed in two tenants at once.
 */
@NullMarked
package dev.argosy.e2e.charts;

import org.jspecify.annotations.NullMarked;
