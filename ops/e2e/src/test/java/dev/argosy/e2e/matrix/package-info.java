/**
 * The matrix client × version × operation: each part of the API's contract is a class, each of its
 * operations has a name and is run by every client that can do it, in two tenants at once. Every
 * run notes its outcome in a file of which {@code ops/compatibility} makes {@code
 * docs/COMPATIBILITY.md}. Tests here own the namespaces they make, and names of cluster-wide
 * objects carry the namespace's.
 */
@NullMarked
package dev.argosy.e2e.matrix;

import org.jspecify.annotations.NullMarked;
