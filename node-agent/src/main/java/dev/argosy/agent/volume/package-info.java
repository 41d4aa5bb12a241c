/**
 * What a pod can mount. {@link dev.argosy.agent.volume.PodVolumes} makes a pod's volumes ready and
 * keeps those fresh that mirror the API; there is a class for each kind. A pod's volumes lie in its
 * folder, entered by its worker alone.
 */
@NullMarked
package dev.argosy.agent.volume;

import org.jspecify.annotations.NullMarked;
