/**
 * The fields of every type of the API as one table: names, types, list types, merge keys and
 * declared defaults, read from {@code fields.tsv}. Also the one walk that checks a tree against it.
 *
 * <p>The table is made once and immutable; any thread may use it. Depends on Jackson, quantities
 * and {@code Status} only.
 */
@NullMarked
package dev.argosy.model.schema.field;

import org.jspecify.annotations.NullMarked;
