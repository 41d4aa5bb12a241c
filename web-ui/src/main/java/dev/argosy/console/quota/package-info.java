/** What bounds a tenant, how much of it is used, and what it may cost. */
@NullMarked
package dev.argosy.console.quota;

import org.jspecify.annotations.NullMarked;
