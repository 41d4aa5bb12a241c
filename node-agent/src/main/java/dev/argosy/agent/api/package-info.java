/**
 * The API over HTTP: the same {@link dev.argosy.model.client.ApiClient} port that other parts have
 * in process. An API server that cannot be reached is a refusal with reason ServiceUnavailable.
 *
 * <p>State is the connection with its credentials, replaced as a whole when a certificate is
 * rotated. Any thread may call; calls block.
 */
@NullMarked
package dev.argosy.agent.api;

import org.jspecify.annotations.NullMarked;
