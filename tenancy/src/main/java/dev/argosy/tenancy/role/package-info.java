/**
 * Roles on the platform as a whole, such as its administrators, and roles of people's own making
 * for tenants and for the platform: the values, their rows, and who names them.
 */
@NullMarked
package dev.argosy.tenancy.role;

import org.jspecify.annotations.NullMarked;
