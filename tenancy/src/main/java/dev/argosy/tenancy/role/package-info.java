/** Roles on the platform as a whole, such as its administrators: the value, and its row. */
@NullMarked
package dev.argosy.tenancy.role;

import org.jspecify.annotations.NullMarked;
