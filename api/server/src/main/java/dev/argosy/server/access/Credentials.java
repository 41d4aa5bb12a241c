package dev.argosy.server.access;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a request brings to prove an identity.
 *
 * @param bearer the bearer token, if one was sent
 * @param certificate the verified leaf of the TLS client certificate, if one was sent
 * @param cluster the logical cluster in the URL; empty if the URL has none
 * @param headers of the request, for proxies that vouch for a user
 */
public record Credentials(
    Optional<String> bearer,
    Optional<X509Certificate> certificate,
    Optional<String> cluster,
    Headers headers) {

  /** Without headers. */
  public Credentials(
      Optional<String> bearer, Optional<X509Certificate> certificate, Optional<String> cluster) {
    this(bearer, certificate, cluster, Headers.NONE);
  }

  /** A request's headers. */
  public interface Headers {

    /** There are none. */
    Headers NONE =
        new Headers() {
          @Override
          public List<String> names() {
            return List.of();
          }

          @Override
          public List<String> values(String name) {
            return List.of();
          }
        };

    List<String> names();

    /** All values, in their order; the name's case does not matter. */
    List<String> values(String name);
  }
}
