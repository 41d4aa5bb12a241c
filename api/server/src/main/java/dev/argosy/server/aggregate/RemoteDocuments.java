package dev.argosy.server.aggregate;

import dev.argosy.server.aggregate.document.ServerDiscovery;
import dev.argosy.server.aggregate.document.ServerSpecs;
import dev.argosy.server.aggregate.remote.RemoteFetch;
import dev.argosy.server.aggregate.remote.RemoteServer;
import dev.argosy.server.discovery.RemoteVersion;
import dev.argosy.server.discovery.RemoteVersions;
import dev.argosy.server.openapi.RemoteSpec;
import dev.argosy.server.openapi.RemoteSpecs;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What API servers said last of what they serve. Filled by the loop alone, so that no question of a
 * client waits for anybody; what was not heard again is told as stale. A cluster has room for so
 * much; what would go beyond is not kept.
 */
final class RemoteDocuments implements RemoteVersions, RemoteSpecs {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteDocuments.class);
  private static final int MOST_BYTES = 6 * 1024 * 1024;
  private static final Duration SPECS_AGAIN = Duration.ofMinutes(5);

  private final Registrations registrations;
  private final RemoteFetch fetch;
  private final Clock clock;
  private final Map<String, Map<RemoteServer, Said>> known = new ConcurrentHashMap<>();

  RemoteDocuments(Registrations registrations, RemoteFetch fetch, Clock clock) {
    this.registrations = registrations;
    this.fetch = fetch;
    this.clock = clock;
  }

  /**
   * What one server said.
   *
   * @param again when its OpenAPI is to be asked for again, if its discovery does not change
   */
  private record Said(ServerDiscovery discovery, ServerSpecs specs, Instant again) {

    static final Said NOTHING =
        new Said(ServerDiscovery.unknown(), ServerSpecs.unknown(), Instant.MIN);

    int bytes() {
      return discovery.bytes() + specs.bytes();
    }
  }

  /** Forgets servers that nobody names any more. */
  void keep(String cluster, List<Registration> named) {
    Set<RemoteServer> servers =
        named.stream().map(Registration::server).collect(Collectors.toSet());
    known.computeIfPresent(
        cluster,
        (name, heard) -> {
          heard.keySet().retainAll(servers);
          return heard.isEmpty() ? null : heard;
        });
  }

  void forget(String cluster) {
    known.remove(cluster);
  }

  /** Asks a server for its discovery again. */
  void refresh(Registration registration) {
    RemoteServer server = registration.server();
    Said before = said(cluster(registration), server);
    try {
      ServerDiscovery discovery =
          before.discovery().refreshed(fetch, server, registration.group(), registration.version());
      boolean same = discovery.versions().equals(before.discovery().versions());
      put(registration, new Said(discovery, before.specs(), same ? before.again() : Instant.MIN));
    } catch (IOException e) {
      LOG.debug("discovery of {}: {}", registration.key(), e.getMessage());
      put(registration, new Said(before.discovery().stale(), before.specs(), before.again()));
    }
  }

  /** Asks a server for its OpenAPI, if it is time; whether it answered. */
  boolean refreshSpecs(Registration registration) {
    String cluster = cluster(registration);
    RemoteServer server = registration.server();
    Said before = said(cluster, server);
    Set<String> groupVersions =
        registrations.of(cluster).stream()
            .filter(other -> other.server().equals(server))
            .map(Registration::groupVersion)
            .collect(Collectors.toSet());
    if (groupVersions.equals(before.specs().groupVersions())
        && clock.instant().isBefore(before.again())) {
      return true;
    }
    try {
      ServerSpecs specs = before.specs().refreshed(fetch, server, groupVersions);
      put(registration, new Said(before.discovery(), specs, clock.instant().plus(SPECS_AGAIN)));
      return true;
    } catch (IOException e) {
      LOG.debug("OpenAPI of {}: {}", registration.key(), e.getMessage());
      return false;
    }
  }

  private void put(Registration registration, Said now) {
    Map<RemoteServer, Said> heard =
        known.computeIfAbsent(cluster(registration), name -> new ConcurrentHashMap<>());
    heard.remove(registration.server());
    int others = heard.values().stream().mapToInt(Said::bytes).sum();
    if (others + now.bytes() <= MOST_BYTES) {
      heard.put(registration.server(), now);
    } else {
      LOG.info("{}: the documents of its API servers are too long", cluster(registration));
    }
  }

  private static String cluster(Registration registration) {
    return registration.key().cluster();
  }

  private Said said(String cluster, RemoteServer server) {
    return known.getOrDefault(cluster, Map.of()).getOrDefault(server, Said.NOTHING);
  }

  @Override
  public List<RemoteVersion> of(String cluster) {
    return registrations.of(cluster).stream()
        .map(registration -> version(cluster, registration))
        .toList();
  }

  private RemoteVersion version(String cluster, Registration registration) {
    return new RemoteVersion(
        registration.group(),
        registration.version(),
        registration.versionPriority(),
        said(cluster, registration.server())
            .discovery()
            .entry(registration.group(), registration.version(), registration.available()));
  }

  @Override
  public Map<String, String> v3(String cluster) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Registration registration : registrations.of(cluster)) {
      String path = "apis/" + registration.groupVersion();
      Optional.ofNullable(said(cluster, registration.server()).specs().v3().get(path))
          .ifPresent(hash -> hashes.put(path, hash));
    }
    return hashes;
  }

  @Override
  public List<RemoteSpec> v2(String cluster) {
    Set<RemoteSpec> specs = new LinkedHashSet<>();
    for (Registration registration : registrations.of(cluster)) {
      said(cluster, registration.server()).specs().v2().ifPresent(specs::add);
    }
    return List.copyOf(specs);
  }
}
