/**
 * How people reach their tenant's cluster from their own machine: a kubeconfig, and the plug-in
 * that logs them in. Nothing here is secret: both lead to the provider's log-in.
 */
@NullMarked
package dev.argosy.console.connect;

import org.jspecify.annotations.NullMarked;
