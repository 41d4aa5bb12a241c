/**
 * What keeps key-encryption keys: the keyring of this machine (package {@code
 * dev.argosy.store.keyring}), with keys of its own or of services elsewhere (package {@code
 * dev.argosy.store.kms}). One contract suite runs on all.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/kms-provider/">KMS v2</a>
 */
@NullMarked
package dev.argosy.store.seal.spi;

import org.jspecify.annotations.NullMarked;
