package dev.argosy.wiring;

import dev.argosy.server.AccessConfig;
import dev.argosy.server.ApiServerConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All settings of one server process, by module.
 *
 * @param etcdEndpoints addresses of etcd's members ({@code argosy.etcd.endpoints}, comma-separated)
 */
public record PlatformConfig(
    ApiServerConfig api, AccessConfig access, DatabaseConfig database, List<URI> etcdEndpoints) {

  public PlatformConfig {
    etcdEndpoints = List.copyOf(etcdEndpoints);
    if (etcdEndpoints.isEmpty()) {
      throw new IllegalArgumentException("argosy.etcd.endpoints names no address");
    }
  }

  /** Reads the documented keys; what is absent has its default. */
  public static PlatformConfig of(Map<String, String> settings) {
    return new PlatformConfig(
        ApiServerConfig.of(settings),
        AccessConfig.of(settings),
        DatabaseConfig.of(settings),
        Stream.of(
                settings.getOrDefault("argosy.etcd.endpoints", "http://127.0.0.1:2379").split(","))
            .map(String::strip)
            .filter(endpoint -> !endpoint.isEmpty())
            .map(URI::create)
            .toList());
  }
}
