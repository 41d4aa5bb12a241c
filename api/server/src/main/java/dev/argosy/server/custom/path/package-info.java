/**
 * JSONPath as printer columns and the like use it: children, indexes, slices, wildcards, recursive
 * descent and filters. Compiled once; a missing part finds nothing.
 *
 * <p>No state. Any thread may enter.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubectl/jsonpath/">JSONPath support</a>
 */
@NullMarked
package dev.argosy.server.custom.path;

import org.jspecify.annotations.NullMarked;
