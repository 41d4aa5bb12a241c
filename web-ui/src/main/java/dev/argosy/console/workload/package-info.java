/** Deployments: state, scaling, deletion. */
@NullMarked
package dev.argosy.console.workload;

import org.jspecify.annotations.NullMarked;
