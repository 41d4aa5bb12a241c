/** Service clients of a tenant: programs that log in at the identity provider as themselves. */
@NullMarked
package dev.argosy.console.program;

import org.jspecify.annotations.NullMarked;
