/**
 * Tables as kubectl shows them: columns and cells per resource. A column is a line of {@code
 * columns.tsv}; what its cell shows is an expression of a few words (see {@link
 * dev.argosy.model.schema.print.Cells}). Pure functions of the object and the time.
 */
@NullMarked
package dev.argosy.model.schema.print;

import org.jspecify.annotations.NullMarked;
