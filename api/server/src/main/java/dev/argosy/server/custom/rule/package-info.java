/**
 * The expressions of schemas ({@code x-kubernetes-validations}): compiled once per schema, checked
 * against their limits of cost when a definition is written, and evaluated for objects.
 *
 * <p>Compiled rules are immutable; any thread may enter.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules">
 *     Validation rules</a>
 */
@NullMarked
package dev.argosy.server.custom.rule;

import org.jspecify.annotations.NullMarked;
