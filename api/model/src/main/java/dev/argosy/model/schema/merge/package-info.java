/**
 * Strategic merge patch: a merge patch whose lists of objects are merged by key, as the types
 * declare it, with directives for what a merge cannot say. Pure functions.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/">
 *     Update API Objects in Place Using kubectl patch</a>
 */
@NullMarked
package dev.argosy.model.schema.merge;

import org.jspecify.annotations.NullMarked;
