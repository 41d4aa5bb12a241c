/**
 * What keeps key-encryption keys: the keyring file of this machine (package {@code
 * dev.argosy.store.keyring}), or a service elsewhere. Shaped so that a plug-in of the Kubernetes
 * KMS v2 interface fits behind it; one contract suite runs on all.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/kms-provider/">KMS v2</a>
 */
@NullMarked
package dev.argosy.store.seal.spi;

import org.jspecify.annotations.NullMarked;
