/** Who has which role: members of a tenant, and roles on the platform. */
@NullMarked
package dev.argosy.console.access;

import org.jspecify.annotations.NullMarked;
