package dev.argosy.server.access;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a request brings to prove an identity.
 *
 * @param bearer the bearer token, if one was sent
 * @param certificate the verified leaf of the TLS client certificate, if one was sent
 * @param cluster the logical cluster in the URL; empty if the URL has none
 */
public record Credentials(
    Optional<String> bearer, Optional<X509Certificate> certificate, Optional<String> cluster) {}
