/**
 * Says in the platform's cluster which API servers there are, as Kubernetes does: a lease for each
 * in {@code kube-system}. One virtual thread renews the own one and clears those that ended.
 */
@NullMarked
package dev.argosy.server.identity;

import org.jspecify.annotations.NullMarked;
