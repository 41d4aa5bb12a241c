/** What a pod asks of a node. Immutable values, decoded once per revision. */
@NullMarked
package dev.argosy.scheduler.pod;

import org.jspecify.annotations.NullMarked;
