/**
 * As whom the server calls the API servers of tenants, and how they know it: each logical cluster
 * has certificate authorities of its own, which follow from one secret of the platform, and tells
 * its own API servers of them in the ConfigMap {@code
 * kube-system/extension-apiserver-authentication}.
 *
 * <p>State: authorities of clusters that were asked for lately, bounded. Any thread may ask.
 */
@NullMarked
package dev.argosy.server.aggregate.identity;

import org.jspecify.annotations.NullMarked;
