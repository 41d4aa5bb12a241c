/**
 * Which nodes are meant: by node selector terms, and by the pools that a logical cluster may use.
 * Values, and {@link dev.argosy.model.node.PoolGrants}, which reads an informer of its owner's.
 */
@NullMarked
package dev.argosy.model.node;

import org.jspecify.annotations.NullMarked;
