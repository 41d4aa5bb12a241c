/**
 * The node agent: a process of its own on every node that runs the pods bound to it. It dials out
 * only, and sees the cluster through {@link dev.argosy.model.client.ApiClient} alone.
 */
@NullMarked
package dev.argosy.agent;

import org.jspecify.annotations.NullMarked;
