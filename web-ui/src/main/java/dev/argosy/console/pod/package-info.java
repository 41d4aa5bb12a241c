/** Pods: the list, and one pod with its containers, events and log. */
@NullMarked
package dev.argosy.console.pod;

import org.jspecify.annotations.NullMarked;
