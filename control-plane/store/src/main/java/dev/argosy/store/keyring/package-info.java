/**
 * The key service that needs no service: key-encryption keys in a file that only the server's user
 * may read. No thread of its own; whoever keeps the keys up to date asks it to look at the file
 * again.
 */
@NullMarked
package dev.argosy.store.keyring;

import org.jspecify.annotations.NullMarked;
