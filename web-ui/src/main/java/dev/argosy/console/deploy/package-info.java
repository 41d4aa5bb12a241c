/** Deploying by pasting YAML. */
@NullMarked
package dev.argosy.console.deploy;

import org.jspecify.annotations.NullMarked;
