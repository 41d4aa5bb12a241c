/**
 * How answers are written: which form a client accepts, and objects, lists, tables and refusals in
 * that form. Bytes of objects are spliced, not parsed, unless the form asks for it.
 *
 * <p>No state; request threads enter.
 */
@NullMarked
package dev.argosy.server.answer;

import org.jspecify.annotations.NullMarked;
