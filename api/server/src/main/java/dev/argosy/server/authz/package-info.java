/**
 * May they: one answer from platform roles, tenant roles, the RBAC objects of the logical cluster
 * and what nodes need. Nothing is allowed unless a rule allows it, and the answer names the rule.
 *
 * <p>RBAC objects are compiled per cluster into {@link dev.argosy.server.authz.ClusterRules} when a
 * request first needs them; a change of one touches only what depends on it. A cluster that nobody
 * asks costs nothing. The roles that every cluster has are a table that all share ({@link
 * dev.argosy.server.authz.BootstrapRbac}). Requests read from memory only; four threads follow the
 * RBAC resources, whatever the number of clusters, and one ({@link
 * dev.argosy.server.authz.RbacUpkeep}) writes what aggregation has found.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Kubernetes: RBAC</a>
 */
@NullMarked
package dev.argosy.server.authz;

import org.jspecify.annotations.NullMarked;
