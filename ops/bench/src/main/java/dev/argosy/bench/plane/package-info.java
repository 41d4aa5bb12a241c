/**
 * A whole API within the process for the benchmarks of control loops, on a memory store or a real
 * etcd, and ways to fill it fast. Nobody's access is looked at.
 */
@NullMarked
package dev.argosy.bench.plane;

import org.jspecify.annotations.NullMarked;
