/**
 * What an object costs a namespace, and whether a resource quota still has it. Pure: the registry
 * charges what is decided here in the transaction of the write itself. Request threads enter it.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/policy/resource-quotas/">Resource quotas</a>
 */
@NullMarked
package dev.argosy.server.quota;

import org.jspecify.annotations.NullMarked;
