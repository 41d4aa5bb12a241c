/** Who is logged in, as which user the API is called, and which tenants they may enter. */
@NullMarked
package dev.argosy.console.session;

import org.jspecify.annotations.NullMarked;
