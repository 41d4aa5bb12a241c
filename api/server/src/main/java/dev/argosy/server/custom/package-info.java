/**
 * Custom resources: definitions become kinds, per logical cluster. {@link CustomResources} gives
 * every cluster its table of kinds; {@link DefinitionRules} completes and checks definitions as
 * they are written, so that a good one is established with its creation; {@link DefinitionLoop}
 * does what takes time: emptying and name conflicts that end.
 *
 * <p>State: tables of kinds, made of the watch cache of definitions when asked for and kept until
 * that changes. A cluster without definitions has no state here. Request threads enter; the loop
 * has a few threads of its own for all clusters.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/">
 *     Custom resources</a>
 */
@NullMarked
package dev.argosy.server.custom;

import org.jspecify.annotations.NullMarked;
