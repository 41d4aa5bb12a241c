/**
 * How YAML is read: as the tools of Kubernetes read it, which is by YAML 1.1 where 1.2 differs. No
 * state; usable by any thread.
 */
@NullMarked
package dev.argosy.model.yaml;

import org.jspecify.annotations.NullMarked;
