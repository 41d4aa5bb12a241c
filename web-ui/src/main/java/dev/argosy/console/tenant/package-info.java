/** The platform administrator's view of tenants. */
@NullMarked
package dev.argosy.console.tenant;

import org.jspecify.annotations.NullMarked;
