package dev.argosy.store.etcd;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach etcd.
 *
 * @param endpoints of the members, {@code http://HOST:PORT} or {@code https://…}
 * @param prefix of all keys, beginning and not ending with a slash
 * @param connectTimeout for one connection
 * @param requestTimeout after which a call throws StoreUnavailableException
 * @param security certificates and login
 */
public record EtcdConfig(
    List<URI> endpoints,
    String prefix,
    Duration connectTimeout,
    Duration requestTimeout,
    Security security) {

  public static final String DEFAULT_PREFIX = "/argosy";

  public EtcdConfig {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("etcd needs at least one endpoint");
    }
    if (!prefix.startsWith("/") || prefix.endsWith("/")) {
      throw new IllegalArgumentException("prefix must begin and not end with a slash: " + prefix);
    }
  }

  /** Without certificates or login, prefix {@code /argosy}, 2 s to connect, 5 s a request. */
  public static EtcdConfig of(URI... endpoints) {
    return new EtcdConfig(
        List.of(endpoints),
        DEFAULT_PREFIX,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Security.NONE);
  }

  public EtcdConfig withSecurity(Security other) {
    return new EtcdConfig(endpoints, prefix, connectTimeout, requestTimeout, other);
  }

  public EtcdConfig withRequestTimeout(Duration other) {
    return new EtcdConfig(endpoints, prefix, connectTimeout, other, security);
  }

  /**
   * Certificates and login; each may be missing.
   *
   * @param certificateAuthority PEM file with what signs the members' certificates; for https
   * @param identity the client's own certificate
   * @param login user name and password
   */
  public record Security(
      Optional<Path> certificateAuthority, Optional<Identity> identity, Optional<Login> login) {

    public static final Security NONE =
        new Security(Optional.empty(), Optional.empty(), Optional.empty());

    public static Security tls(Path certificateAuthority) {
      return new Security(Optional.of(certificateAuthority), Optional.empty(), Optional.empty());
    }

    public Security withIdentity(Path certificate, Path key) {
      return new Security(certificateAuthority, Optional.of(new Identity(certificate, key)), login);
    }

    public Security withLogin(String user, String password) {
      return new Security(certificateAuthority, identity, Optional.of(new Login(user, password)));
    }
  }

  /** PEM files; the key in PKCS#8. */
  public record Identity(Path certificate, Path key) {}

  /** Never printed. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }
}
