/**
 * What is wrong with an object, in the words and with the field paths of the Kubernetes API: rules
 * for metadata that hold for all kinds, and rules per kind.
 *
 * <p>Pure functions without regular expressions; any thread may use them. A kind gets rules by an
 * entry in {@code KindRegistry}.
 */
@NullMarked
package dev.argosy.model.schema.validation;

import org.jspecify.annotations.NullMarked;
