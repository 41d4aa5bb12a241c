/**
 * What stands for missing fields. Rules hang on types, so a pod's rules also work in every pod
 * template; a type's own rules run before those of the types below it.
 *
 * <p>Compiled once per kind, immutable; trees are changed in place by the calling thread.
 */
@NullMarked
package dev.argosy.model.schema.defaulting;

import org.jspecify.annotations.NullMarked;
