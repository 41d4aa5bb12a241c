/**
 * The two patch formats that know nothing of types: JSON Patch (RFC 6902) and JSON Merge Patch (RFC
 * 7386). Pure functions on trees.
 */
@NullMarked
package dev.argosy.model.patch;

import org.jspecify.annotations.NullMarked;
