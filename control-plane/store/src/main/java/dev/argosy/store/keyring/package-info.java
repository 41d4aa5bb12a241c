/**
 * Which key-encryption keys there are: a file that only the server's user may read has them, or
 * says which KMS plug-in of this machine does. {@link dev.argosy.store.keyring.Keyring} owns the
 * lines. No thread of its own; whoever keeps the keys up to date asks it to look at the file again.
 */
@NullMarked
package dev.argosy.store.keyring;

import org.jspecify.annotations.NullMarked;
