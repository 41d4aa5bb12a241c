/** Tenants as the platform's administrators and their own see them: all of them, and each one. */
@NullMarked
package dev.argosy.console.tenant;

import org.jspecify.annotations.NullMarked;
