/**
 * The nouns of the API: which resources exist, how they are named in URLs and in bodies. Values
 * only; no state, no threads.
 */
@NullMarked
package dev.argosy.model.kind;

import org.jspecify.annotations.NullMarked;
