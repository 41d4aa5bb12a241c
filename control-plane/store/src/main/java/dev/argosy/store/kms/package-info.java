/**
 * Key-encryption keys of a service elsewhere, behind a plug-in of the Kubernetes KMS v2 interface:
 * gRPC over a Unix socket of this machine, so any plug-in that a Kubernetes API server can use.
 *
 * <p>The service wraps nothing but <em>seeds</em>: random keys, one per server and key of the
 * service, that wrap data keys here. So ten thousand tenants cost a handful of calls, and what is
 * in use goes on while the plug-in is away. The seed's wrapped form stands beside each data key.
 *
 * <p><b>State.</b> {@link dev.argosy.store.kms.KmsPlugin} owns seeds and what is known of its
 * plug-in. <b>Threads.</b> Any thread may call; calls block no longer than the plug-in's time; each
 * plug-in that is in use has one thread for its socket. Only this package knows gRPC's Netty.
 *
 * @see <a
 *     href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-auth/3299-kms-v2-improvements">KEP-3299</a>
 */
@NullMarked
package dev.argosy.store.kms;

import org.jspecify.annotations.NullMarked;
