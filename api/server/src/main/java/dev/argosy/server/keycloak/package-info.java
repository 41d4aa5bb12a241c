/**
 * Keycloak's admin REST API, as far as programs get clients by it: makes, changes and deletes
 * confidential clients that log in by client credentials alone. Knows nothing of tenants; owns no
 * state but its own token. Any number of threads may enter; all block until Keycloak has answered
 * or the time is up. Secrets of clients pass through to whoever asked and are kept by nobody.
 *
 * @see <a href="https://www.keycloak.org/docs-api/latest/rest-api/index.html">Keycloak: Admin REST
 *     API</a>
 */
@NullMarked
package dev.argosy.server.keycloak;

import org.jspecify.annotations.NullMarked;
