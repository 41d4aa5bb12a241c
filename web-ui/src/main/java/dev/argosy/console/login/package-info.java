/**
 * Log-in and log-out by OpenID Connect: authorization code flow with PKCE and nonce, refresh, and
 * log-out at the provider. A servlet filter guards every path; the rest of the console knows only
 * the {@link dev.argosy.console.login.Login} that it leaves in the HTTP session.
 */
@NullMarked
package dev.argosy.console.login;

import org.jspecify.annotations.NullMarked;
