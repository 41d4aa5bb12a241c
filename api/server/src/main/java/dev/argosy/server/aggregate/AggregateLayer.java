package dev.argosy.server.aggregate;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.access.SuspendedWrites;
import dev.argosy.server.aggregate.identity.FrontProxies;
import dev.argosy.server.aggregate.remote.RemoteFetch;
import dev.argosy.server.aggregate.remote.RemoteLines;
import dev.argosy.server.aggregate.remote.RemoteRelay;
import dev.argosy.server.connect.RemoteObjects;
import dev.argosy.server.connect.RemotePaths;
import dev.argosy.server.dial.ServiceDialer;
import dev.argosy.server.discovery.RemoteVersions;
import dev.argosy.server.openapi.RemoteSpecs;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Aggregation, put together. */
public final class AggregateLayer {

  private final Basis basis;
  private final Registrations registrations;
  private final RemoteFetch fetch;
  private final RemoteRelay relay;
  private final RemoteDocuments documents;
  private final RemoteContents contents;

  /**
   * What aggregation is built on.
   *
   * @param builtin what clusters have without any definition
   * @param kinds what clusters serve, custom resources included
   */
  public record Basis(ResourceCaches caches, KindTables builtin, KindTables kinds, Clock clock) {}

  /** Aggregation over services that are reached so, under those identities. */
  public AggregateLayer(Basis basis, ServiceDialer services, Optional<FrontProxies> proxies) {
    this.basis = basis;
    RemoteLines lines = new RemoteLines(services, proxies, basis.clock());
    this.registrations = new Registrations(basis.caches(), basis.builtin(), basis.kinds());
    this.fetch = new RemoteFetch(lines);
    this.relay = new RemoteRelay(lines);
    this.documents = new RemoteDocuments(registrations, fetch, basis.clock());
    this.contents = new RemoteContents(registrations, documents, fetch);
  }

  /**
   * Requests for the group versions of API servers.
   *
   * @param longestWatch for watches that do not say how long they want to last
   * @param suspended who may still write to API servers of suspended tenants
   */
  public RemotePaths paths(Duration longestWatch, SuspendedWrites suspended) {
    return new RemoteRequests(registrations, relay, longestWatch, suspended);
  }

  /** What the API servers serve, for discovery. */
  public RemoteVersions versions() {
    return documents;
  }

  /** What the API servers say of their objects, for OpenAPI. */
  public RemoteSpecs specs() {
    return documents;
  }

  /** What the API servers hold. */
  public RemoteObjects objects() {
    return contents;
  }

  /** The resources of API servers that namespaces of a cluster must be emptied of. */
  public List<GroupResource> namespaced(String cluster) {
    return contents
        .resources(cluster)
        .filter(RemoteResource::goesWithNamespaces)
        .map(RemoteResource::resource)
        .distinct()
        .toList();
  }

  /** The group versions of a cluster whose API servers were not heard when last asked. */
  public List<String> unheard(String cluster) {
    return documents.of(cluster).stream()
        .filter(version -> !version.discovered().path("freshness").asString("").equals("Current"))
        .map(version -> version.group() + "/" + version.version())
        .toList();
  }

  /** What finds out whether the API servers are there; not started yet. */
  public AvailabilityLoop loop(ApiClients clients, RandomGenerator random) {
    return new AvailabilityLoop(
        registrations,
        new Probe(basis.caches(), fetch),
        documents,
        new AvailabilityLoop.Writing(
            clients.as(UserInfo.system("controller:api-services")), basis.caches(), basis.clock()),
        random);
  }
}
