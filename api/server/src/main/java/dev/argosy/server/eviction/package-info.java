/**
 * May a pod be evicted: what its disruption budget says, and what the eviction costs it. Pure; the
 * write is the registry's, in one transaction with the pod's deletion. The numbers in a budget's
 * status are its controller's; here they only go down.
 */
@NullMarked
package dev.argosy.server.eviction;

import org.jspecify.annotations.NullMarked;
