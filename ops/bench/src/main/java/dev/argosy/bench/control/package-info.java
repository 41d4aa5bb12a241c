/**
 * What controllers cost, as they run in a server, on a memory store: one {@link
 * dev.argosy.bench.control.Part} for each thing that is measured. Pods are run by fake kubelets in
 * the process, and placed by the real scheduler.
 */
@NullMarked
package dev.argosy.bench.control;

import org.jspecify.annotations.NullMarked;
