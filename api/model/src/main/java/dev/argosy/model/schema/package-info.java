/**
 * The table of kinds and everything that is known about their fields: which exist, their types,
 * defaults, validation, list types and merge keys, printer columns. One source feeds validation,
 * pruning, defaulting, strategic merge, tables and OpenAPI.
 *
 * <p>Immutable after loading; any thread may use it.
 */
@NullMarked
package dev.argosy.model.schema;

import org.jspecify.annotations.NullMarked;
