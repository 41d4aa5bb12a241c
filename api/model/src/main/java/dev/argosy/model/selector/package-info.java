/**
 * Label and field selectors: the texts of query parameters and the objects in specs, parsed once
 * and matched often. Immutable; any thread may use them.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels
 *     and Selectors</a>
 */
@NullMarked
package dev.argosy.model.selector;

import org.jspecify.annotations.NullMarked;
