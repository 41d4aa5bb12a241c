/**
 * Who owns which field of an object: sets of field paths in Kubernetes' {@code FieldsV1} form, the
 * entries of {@code metadata.managedFields}, and server-side apply, which merges a configuration
 * into an object and finds conflicts between owners.
 *
 * <p>Types are seen only as {@link dev.argosy.model.managed.TypeShape}, so built-in kinds and
 * custom resources are merged by the same code. Pure functions on trees and immutable sets; no
 * state, any thread.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 *     Apply</a>
 */
@NullMarked
package dev.argosy.model.managed;

import org.jspecify.annotations.NullMarked;
