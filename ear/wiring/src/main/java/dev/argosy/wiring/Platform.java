package dev.argosy.wiring;

import dev.argosy.controllers.ControllerConfig;
import dev.argosy.controllers.ControllerManager;
import dev.argosy.controllers.namespace.RemoteResources;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.metric.Metrics.Reading;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.time.SystemTimers;
import dev.argosy.scheduler.SchedulerConfig;
import dev.argosy.scheduler.SchedulerService;
import dev.argosy.server.AccessLayer;
import dev.argosy.server.ApiServer;
import dev.argosy.server.ApiServerParts;
import dev.argosy.server.audit.RetentionTimes;
import dev.argosy.server.dial.AddressDialer;
import dev.argosy.server.dial.AddressPolicy;
import dev.argosy.server.dial.EndpointDialer;
import dev.argosy.server.encryption.EncryptionPages;
import dev.argosy.server.encryption.SealedTenants;
import dev.argosy.server.history.HistoryLayer;
import dev.argosy.server.identity.IdentityLease;
import dev.argosy.server.metering.MeteringLayer;
import dev.argosy.server.metrics.PrometheusMetrics;
import dev.argosy.server.proxy.ProxyConnectors;
import dev.argosy.server.recording.RecordingLayer;
import dev.argosy.server.stream.StreamConnectors;
import dev.argosy.server.tunnel.NodeTunnels;
import dev.argosy.server.tunnel.TunnelEndpoint;
import dev.argosy.server.use.UseLayer;
import dev.argosy.store.etcd.EtcdCompactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** One running server process: everything behind the API's port, and the control loops. */
public final class Platform implements AutoCloseable {

  /**
   * etcd's history that is kept: as long as a Kubernetes API server's; clients that page through a
   * list rely on hearing within twice that when its state is gone.
   */
  private static final Duration ETCD_HISTORY = Duration.ofMinutes(5);

  private static final UserInfo STREAMING = UserInfo.system("streaming");

  private final Parts parts;
  private final ApiServer api;

  private Platform(Parts parts, ApiServer api) {
    this.parts = parts;
    this.api = api;
  }

  /**
   * Starts all parts in the order in which they need each other.
   *
   * @throws Exception the first part's that does not start; what had started is stopped again
   */
  public static Platform start(PlatformConfig config) throws Exception {
    Parts parts = new Parts();
    try {
      return new Platform(parts, assemble(config, parts));
    } catch (Exception e) {
      parts.close();
      throw e;
    }
  }

  private static ApiServer assemble(PlatformConfig config, Parts parts) throws Exception {
    Clock clock = Clock.systemUTC();
    BuiltinKinds kinds = BuiltinKinds.load();
    PrometheusMetrics metrics = new PrometheusMetrics().withProcess();
    Stores stores = Stores.open(config, parts, clock, metrics);
    AccessLayer access =
        parts.add(
            "Access",
            AccessLayer.start(
                config.access(),
                new AccessLayer.Basis(
                    stores.database(), stores.caches(), stores.router(), clock, metrics)));
    metrics.gauge(
        "argosy_unreadable_objects",
        "Objects in etcd that this server cannot read: a key is missing, or bytes were changed.",
        List.of(),
        () -> List.of(new Reading(stores.sealing().unreadable(), List.of())));
    HistoryLayer history = history(config, stores, parts, clock, metrics);
    RecordingLayer recordings = recordings(config, stores, parts, clock);
    stores.sealing().needed(recordings.needs(history.needs()));
    LateClient late = new LateClient();
    NodeTunnels tunnels = parts.add("Node tunnels", new NodeTunnels());
    ApiServerParts apiParts =
        apiParts(stores, access, kinds, clock)
            .metrics(metrics)
            .history(history)
            .recordings(recordings);
    StreamConnectors streams = new StreamConnectors(late, tunnels, clock, recordings.recorder());
    addStreaming(apiParts, streams, tunnels);
    new ProxyConnectors(stores.caches(), tunnels, streams.logReader())
        .all()
        .forEach(apiParts::connector);
    new EncryptionPages(stores.sealing()).mounts().forEach(apiParts::mount);
    MeteringLayer metering = metering(config, stores, access, clock, metrics);
    apiParts.turns(metering.recorder()).gauge(metering.gauge()).admission(metering.admission());
    metering.mounts().forEach(apiParts::mount);
    apiParts.use(
        new UseLayer(
            new UseLayer.Basis(stores.caches(), access.clusters(), clock, metrics),
            metering.keeper()));
    apiParts.services(
        new EndpointDialer(
            stores.caches(),
            tunnels,
            new AddressDialer(new AddressPolicy(config.api().tenantAddresses()))));
    ApiServer api = parts.add("API server", ApiServer.of(config.api(), apiParts));
    late.arrive(api.clients().as(STREAMING));
    history.start(api.kinds(), api.local());
    api.start();
    parts.add(
        "API server identity",
        new IdentityLease(
                api.clients().as(UserInfo.system("apiserver")),
                new IdentityLease.Server(host(), api.port(), UUID.randomUUID().toString()),
                clock)
            .start());
    parts.add(
        "Tenant loops",
        access.startLoops(
            api.local(),
            api.kinds(),
            recordings.erasing(history.erasing(new SealedTenants(stores.sealing())))));
    parts.add("Metering", metering.start(api.clients()));
    startLoops(config, parts, new Served(api, kinds, new TunnelledDrivers(tunnels)), metrics);
    return api;
  }

  private static MeteringLayer metering(
      PlatformConfig config, Stores stores, AccessLayer access, Clock clock, Metrics metrics) {
    return new MeteringLayer(
        config.metering(),
        new MeteringLayer.Basis(
            stores.database(),
            stores.router().of(MeteringLayer.TURNS),
            stores.caches(),
            access.clusters(),
            clock,
            metrics));
  }

  /** It holds back the compaction of etcd's own history while it is behind. */
  private static HistoryLayer history(
      PlatformConfig config, Stores stores, Parts parts, Clock clock, Metrics metrics) {
    HistoryLayer history =
        parts.add(
            "History",
            new HistoryLayer(
                config.history(),
                new HistoryLayer.Basis(
                    stores.database(),
                    new HistoryLayer.Stores(
                        stores.plain().etcd(),
                        stores.plain().platform(),
                        AccessLayer.PLATFORM_GROUP),
                    stores.sealing().vault(),
                    stores.caches(),
                    clock,
                    metrics)));
    parts.add(
        "etcd compactor",
        new EtcdCompactor(
                stores.plain().etcd(),
                ETCD_HISTORY,
                new EtcdCompactor.Reader(history::position, config.history().catchUp()))
            .start());
    return history;
  }

  /** Recordings are kept as long as the audit trail. */
  private static RecordingLayer recordings(
      PlatformConfig config, Stores stores, Parts parts, Clock clock) {
    int days = config.access().audit().retentionDays();
    return parts.add(
        "Recordings",
        new RecordingLayer(
                config.recordings(),
                new RecordingLayer.Basis(
                    stores.database(),
                    stores.caches(),
                    stores.sealing().vault(),
                    new RetentionTimes(stores.caches(), "auditRetentionDays", days),
                    clock))
            .start());
  }

  private static ApiServerParts apiParts(
      Stores stores, AccessLayer access, BuiltinKinds kinds, Clock clock) {
    return access.contributeTo(
        new ApiServerParts(
            stores.router(), stores.caches(), kinds::ofCluster, access.clusters(), clock));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name
    }
  }

  private static void addStreaming(
      ApiServerParts parts, StreamConnectors connectors, NodeTunnels tunnels) {
    connectors.pods().forEach((name, connector) -> parts.connector("pods/" + name, connector));
    parts.logs(connectors.logReader());
    parts.mount(new TunnelEndpoint(tunnels).mount());
  }

  /** What the control loops act on. */
  private record Served(ApiServer api, BuiltinKinds kinds, TunnelledDrivers drivers) {}

  private static void startLoops(PlatformConfig config, Parts parts, Served served, Metrics metrics)
      throws IOException {
    ApiServer api = served.api();
    String identity = UUID.randomUUID().toString();
    SystemTimers timers = parts.add("Timers", new SystemTimers());
    String rootCa = Files.readString(config.access().pki().caCertificateFile());
    ControllerManager controllers =
        parts.add(
            "Controllers",
            new ControllerManager(
                api.clients(),
                ControllerConfig.of(
                        identity,
                        rootCa,
                        new ControllerConfig.Served(
                            () -> StoredKinds.of(served.kinds().root()),
                            cluster -> others(api, cluster)))
                    .withDrivers(served.drivers()),
                timers,
                metrics));
    controllers.start();
    SchedulerService scheduler =
        parts.add(
            "Scheduler", new SchedulerService(api.clients(), SchedulerConfig.of(identity), timers));
    config
        .scheduler()
        .map(file -> SchedulerFile.of(file, scheduler::configure, metrics))
        .ifPresent(file -> parts.add("SchedulerFile", file).start());
    scheduler.start();
    metrics.gauge(
        "leader_election_master_status",
        "1 where this server leads.",
        List.of("name"),
        () ->
            List.of(
                new Reading(controllers.leading() ? 1 : 0, List.of("argosy-controllers")),
                new Reading(scheduler.leading() ? 1 : 0, List.of("argosy-scheduler"))));
  }

  private static RemoteResources.Served others(ApiServer api, String cluster) {
    return new RemoteResources.Served(
        api.aggregate().namespaced(cluster), api.aggregate().unheard(cluster));
  }

  /** The API for callers within this process. */
  public ApiClients clients() {
    return api.clients();
  }

  /** Where the API is reached from this machine. */
  public URI apiUri() {
    return api.localUri();
  }

  @Override
  public void close() {
    parts.close();
  }
}
