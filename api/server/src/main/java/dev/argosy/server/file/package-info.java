/** Files of an operator that are taken over as they change, without a restart. */
@NullMarked
package dev.argosy.server.file;

import org.jspecify.annotations.NullMarked;
