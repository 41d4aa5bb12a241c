/**
 * Definitions of custom resources, as far as the server reads them: parsed into {@link Definition},
 * and checked before they are kept.
 *
 * <p>No state; values only. Any thread may enter.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/">
 *     CustomResourceDefinition</a>
 */
@NullMarked
package dev.argosy.server.custom.definition;

import org.jspecify.annotations.NullMarked;
