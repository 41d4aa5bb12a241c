package dev.argosy.server;

import dev.argosy.server.dial.AddressRange;
import dev.argosy.server.registry.ServiceRanges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the API's front.
 *
 * @param host address to listen on ({@code argosy.api.host})
 * @param port port to listen on; 0 takes a free one ({@code argosy.api.port})
 * @param tls certificate and key; empty for plain text, for tests only ({@code argosy.api.tls.*})
 * @param externalUrl where clients reach it, as kubeconfigs and token issuers name it; empty: made
 *     of host and port ({@code argosy.api.url})
 * @param maxBodyBytes longer bodies are refused with 413 ({@code argosy.api.max-body-bytes})
 * @param maxHeaderBytes longer request headers are refused with 431 ({@code
 *     argosy.api.max-header-bytes})
 * @param idleTimeout a connection on which nothing moves for so long is closed ({@code
 *     argosy.api.idle-timeout})
 * @param bookmarkInterval how often an idle watch hears of progress ({@code
 *     argosy.api.bookmark-interval})
 * @param minWatchTimeout a watch without timeoutSeconds ends after one to two times this ({@code
 *     argosy.api.min-watch-timeout})
 * @param serviceRanges of ClusterIPs: every cluster's ({@code argosy.api.service-range}), and where
 *     clusters may have more ({@code argosy.api.further-service-ranges})
 * @param load how much is done at once, and for how long
 * @param tenantAddresses which addresses that are not public this server may dial for tenants, such
 *     as a webhook's; ranges with commas ({@code argosy.api.tenant-addresses})
 * @param eventLifetime how long events are kept after they were written last; zero for ever ({@code
 *     argosy.api.event-ttl})
 */
public record ApiServerConfig(
    String host,
    int port,
    Optional<Tls> tls,
    String externalUrl,
    int maxBodyBytes,
    int maxHeaderBytes,
    Duration idleTimeout,
    Duration bookmarkInterval,
    Duration minWatchTimeout,
    ServiceRanges serviceRanges,
    Load load,
    List<AddressRange> tenantAddresses,
    Duration eventLifetime) {

  /** Nobody's network: for documentation (RFC 5737). */
  private static final String DOCUMENTATION = "192.0.2.0/24,198.51.100.0/24,203.0.113.0/24";

  private static final int SEATS_PER_PROCESSOR = 32;
  private static final int LEAST_SEATS = 64;

  /**
   * How much the server does at once.
   *
   * @param seats requests that may be under way, of all clusters together; wide ones, such as long
   *     lists, count for up to ten ({@code argosy.api.max-requests-in-flight})
   * @param room requests that may wait for a seat, of all clusters together ({@code
   *     argosy.api.max-requests-waiting})
   * @param timeout how long a request may take at the most, watches and conversations excepted
   *     ({@code argosy.api.request-timeout})
   */
  public record Load(int seats, int room, Duration timeout) {
    public Load {
      if (seats < 1 || room < 0) {
        throw new IllegalArgumentException(
            "argosy.api.max-requests-in-flight must be at least 1, max-requests-waiting 0");
      }
      if (!timeout.isPositive()) {
        throw new IllegalArgumentException("argosy.api.request-timeout must be positive");
      }
    }

    static Load of(Map<String, String> settings, int processors) {
      return new Load(
          number(
              settings,
              "argosy.api.max-requests-in-flight",
              Math.max(LEAST_SEATS, SEATS_PER_PROCESSOR * processors)),
          number(settings, "argosy.api.max-requests-waiting", 10_000),
          duration(settings, "argosy.api.request-timeout", "PT1M"));
    }
  }

  /**
   * The serving certificate and whom to believe.
   *
   * @param certificate PEM chain, leaf first ({@code argosy.api.tls.certificate})
   * @param key PEM private key, PKCS#8 ({@code argosy.api.tls.key})
   * @param clientCa PEM certificates that client certificates are verified against ({@code
   *     argosy.api.tls.client-ca})
   */
  public record Tls(Path certificate, Path key, Path clientCa) {}

  public ApiServerConfig {
    tenantAddresses = List.copyOf(tenantAddresses);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("argosy.api.port must be 0 to 65535, not " + port);
    }
    if (eventLifetime.isNegative()) {
      throw new IllegalArgumentException("argosy.api.event-ttl must not be negative");
    }
    if (maxBodyBytes < 1 || maxHeaderBytes < 1024) {
      throw new IllegalArgumentException("argosy.api.max-body-bytes or max-header-bytes too small");
    }
  }

  /** Plain text on a free port of the loopback address, everything else by default. */
  public static ApiServerConfig loopback() {
    return of(Map.of("argosy.api.host", "127.0.0.1", "argosy.api.port", "0"));
  }

  /** Reads the documented keys; what is absent has its default. */
  public static ApiServerConfig of(Map<String, String> settings) {
    String certificate = settings.getOrDefault("argosy.api.tls.certificate", "");
    Optional<Tls> tls =
        certificate.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Tls(
                    Path.of(certificate),
                    Path.of(required(settings, "argosy.api.tls.key")),
                    Path.of(required(settings, "argosy.api.tls.client-ca"))));
    return new ApiServerConfig(
        settings.getOrDefault("argosy.api.host", "0.0.0.0"),
        number(settings, "argosy.api.port", 6443),
        tls,
        settings.getOrDefault("argosy.api.url", ""),
        number(settings, "argosy.api.max-body-bytes", 3 * 1024 * 1024),
        number(settings, "argosy.api.max-header-bytes", 64 * 1024),
        duration(settings, "argosy.api.idle-timeout", "PT5M"),
        duration(settings, "argosy.api.bookmark-interval", "PT1M"),
        duration(settings, "argosy.api.min-watch-timeout", "PT30M"),
        ServiceRanges.of(
            settings.getOrDefault("argosy.api.service-range", "10.96.0.0/12"),
            settings.getOrDefault("argosy.api.further-service-ranges", DOCUMENTATION)),
        Load.of(settings, Runtime.getRuntime().availableProcessors()),
        AddressRange.parseAll(settings.getOrDefault("argosy.api.tenant-addresses", "")),
        duration(settings, "argosy.api.event-ttl", "PT1H"));
  }

  private static String required(Map<String, String> settings, String key) {
    String value = settings.getOrDefault(key, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          key + " must be set when argosy.api.tls.certificate is set");
    }
    return value;
  }

  private static int number(Map<String, String> settings, String key, int byDefault) {
    String value = settings.getOrDefault(key, "");
    try {
      return value.isEmpty() ? byDefault : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be a number, not " + value, e);
    }
  }

  private static Duration duration(Map<String, String> settings, String key, String byDefault) {
    return Duration.parse(settings.getOrDefault(key, byDefault));
  }
}
