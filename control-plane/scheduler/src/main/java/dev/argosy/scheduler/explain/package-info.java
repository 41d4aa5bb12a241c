/**
 * Why a pod fits nowhere, for programs: how many nodes each filter keeps it from, and what the node
 * lacks that is nearest to fitting. Owns no state and looks at an attempt only; entered by the
 * thread that owns what the attempt looks at.
 */
@NullMarked
package dev.argosy.scheduler.explain;

import org.jspecify.annotations.NullMarked;
