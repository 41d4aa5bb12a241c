/**
 * What a store of objects must be able to do. Implemented on etcd and in memory (control-plane
 * store) and, for the platform's own kinds, on PostgreSQL (tenancy rows); one contract suite runs
 * on all.
 */
@NullMarked
package dev.argosy.store.spi;

import org.jspecify.annotations.NullMarked;
