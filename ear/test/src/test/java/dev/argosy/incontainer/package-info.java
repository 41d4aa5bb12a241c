/**
 * The archive in the real server: what only a container can get wrong (class loading, CDI between
 * the shared libraries and web modules, start and stop). The server's PostgreSQL and etcd are
 * started here, on free ports and in temporary folders.
 */
@NullMarked
package dev.argosy.incontainer;

import org.jspecify.annotations.NullMarked;
