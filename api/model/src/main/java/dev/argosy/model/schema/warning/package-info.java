/**
 * What is allowed in an object and yet unwise, for the one who writes it: names that make bad host
 * names, definitions that hide others, fields and labels that are going away.
 *
 * <p>Stateless; any thread may use it.
 */
@NullMarked
package dev.argosy.model.schema.warning;

import org.jspecify.annotations.NullMarked;
