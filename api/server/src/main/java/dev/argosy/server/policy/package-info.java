/**
 * Admission policies written in CEL: ValidatingAdmissionPolicy and MutatingAdmissionPolicy with
 * their bindings and parameters, as admission steps; what a policy's own write must fulfil; and the
 * conditions that webhooks share with them ({@link MatchRules}, {@link MatchConditions}).
 *
 * <p>Policies are read from the watch caches, by logical cluster, and compiled once per revision;
 * the compiled ones of a cluster are the only state here. Request threads enter. A cluster without
 * policies costs one look at a count.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/">
 *     Kubernetes: validating admission policy</a>
 */
@NullMarked
package dev.argosy.server.policy;

import org.jspecify.annotations.NullMarked;
