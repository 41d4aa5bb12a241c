/**
 * What a tenant was allocated and used over time, what that cost, and what its month will have cost
 * at this pace. Reports are asked for in the background, as the user; figures are UTC.
 */
@NullMarked
package dev.argosy.console.usage;

import org.jspecify.annotations.NullMarked;
