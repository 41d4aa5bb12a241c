package dev.argosy.server;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.first.FirstObjects;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.SuspendedWrites;
import dev.argosy.server.aggregate.AggregateLayer;
import dev.argosy.server.answer.AnswerForms;
import dev.argosy.server.connect.LogReader;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.connect.RemotePaths;
import dev.argosy.server.custom.CustomLayer;
import dev.argosy.server.deadline.Deadlines;
import dev.argosy.server.debug.DebugPages;
import dev.argosy.server.dial.AddressDialer;
import dev.argosy.server.dial.AddressPolicy;
import dev.argosy.server.discovery.Discovery;
import dev.argosy.server.discovery.Health;
import dev.argosy.server.discovery.HealthCheck;
import dev.argosy.server.dispatch.ApiServlet;
import dev.argosy.server.dispatch.Gate;
import dev.argosy.server.dispatch.GatedReads;
import dev.argosy.server.dispatch.InFlight;
import dev.argosy.server.dispatch.ServletParts;
import dev.argosy.server.dispatch.ServletParts.Observers;
import dev.argosy.server.export.ClusterExport;
import dev.argosy.server.flowcontrol.FlowControl;
import dev.argosy.server.flowcontrol.SchemaStatusLoop;
import dev.argosy.server.flowcontrol.SuggestedRules;
import dev.argosy.server.http.ApiFront;
import dev.argosy.server.keep.KeptStores;
import dev.argosy.server.list.Lister;
import dev.argosy.server.local.LocalApiClients;
import dev.argosy.server.metrics.ClusterMetrics;
import dev.argosy.server.metrics.MetricsPages;
import dev.argosy.server.metrics.PrometheusMetrics;
import dev.argosy.server.metrics.RequestMetrics;
import dev.argosy.server.openapi.OpenApi;
import dev.argosy.server.openapi.OpenApiMounts;
import dev.argosy.server.preset.AddressPresets;
import dev.argosy.server.preset.FirstPresets;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.preset.RegistrationPresets;
import dev.argosy.server.protobuf.ProtobufAnswers;
import dev.argosy.server.protobuf.ProtobufBodies;
import dev.argosy.server.registry.EndedEvents;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.registry.QueueLoop;
import dev.argosy.server.registry.Registry;
import dev.argosy.server.registry.Registry.Handlers;
import dev.argosy.server.registry.Registry.RegistrySettings;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.server.registry.UsageLoop;
import dev.argosy.server.request.BodyDecoder;
import dev.argosy.server.request.BodyReader;
import dev.argosy.server.request.DecodedBody;
import dev.argosy.server.watch.WatchRights;
import dev.argosy.server.watch.Watches;
import dev.argosy.server.webhook.ConversionWebhooks;
import dev.argosy.server.webhook.call.WebhookCalls;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The API server, put together: one port, and clients for the same process. What it is made of
 * comes as {@link ApiServerParts}; stores and caches stay their owner's to close, after this.
 */
public final class ApiServer implements AutoCloseable {

  private final ApiFront front;
  private final ApiServlet servlet;
  private final LocalApiClients clients;
  private final Layers layers;
  private final Loops loops;

  /** What clusters serve of their own. */
  private record Layers(CustomLayer custom, AggregateLayer aggregate) {}

  private ApiServer(
      ApiFront front, ApiServlet servlet, LocalApiClients clients, Layers layers, Loops loops) {
    this.front = front;
    this.servlet = servlet;
    this.clients = clients;
    this.layers = layers;
    this.loops = loops;
  }

  /** A server that is not listening yet; its clients already work. */
  public static ApiServer of(ApiServerConfig config, ApiServerParts parts) {
    RandomGenerator random = new SecureRandom();
    StoreRouter stores = new KeptStores(parts.stores(), parts.metrics(), config.eventLifetime());
    FieldTable fields = FieldTable.load();
    FirstObjects first = FirstObjects.load();
    WebhookCalls calls =
        new WebhookCalls(
            parts.services(), new AddressDialer(new AddressPolicy(config.tenantAddresses())));
    CustomLayer custom =
        new CustomLayer(
            new CustomLayer.Basis(parts.kinds(), parts.caches(), fields, parts.clock()),
            parts.conversions().orElseGet(() -> new ConversionWebhooks(calls)));
    AggregateLayer aggregate = aggregate(parts, custom);
    Gate gate = new Gate(parts.authorizer(), parts.clusters(), custom.kinds());
    Presets presets =
        new ComponentStatuses(presets(config, parts, custom.kinds(), first), components(parts));
    Lister lister = new Lister(parts.caches(), stores, presets, parts.collections());
    Watches watches =
        new Watches(
            lister, parts.clock(), random, config.bookmarkInterval(), config.minWatchTimeout());
    GatedReads gated = new GatedReads(gate, lister, watches);
    AdmissionSteps steps = new AdmissionSteps(parts, presets, custom.kinds(), calls, random);
    RegistrySettings settings =
        new RegistrySettings(
            config.serviceRanges(),
            custom.kinds(),
            parts.clock(),
            random,
            new Registry.Records(parts.turns(), parts.listener()));
    Registry registry =
        Registry.of(
            stores,
            parts.caches(),
            presets,
            steps.all(),
            new Handlers(parts.reviews(), parts.posts(), rules(parts, custom, first)),
            settings);
    FlowControl flow =
        new FlowControl(
            new FlowControl.Basis(parts.caches(), presets, parts.clusters(), custom.kinds()),
            first,
            new FlowControl.Limits(config.load().seats(), config.load().room()),
            System::nanoTime);
    Deadlines deadlines = new Deadlines(config.load().timeout(), System::nanoTime);
    RemotePaths paths =
        aggregate.paths(
            config.minWatchTimeout().multipliedBy(2),
            new SuspendedWrites(parts.clusters(), parts.authorizer()));
    OpenApiMounts documents =
        new OpenApiMounts(new OpenApi(fields), custom.kinds(), aggregate.specs(), paths);
    ClusterMetrics clusters = new ClusterMetrics(parts.metrics(), parts.clusters());
    PrometheusMetrics indicators = new PrometheusMetrics();
    InFlight inFlight = new InFlight(parts.metrics());
    Observers observers =
        new Observers(
            parts.audit(),
            new RequestMetrics(parts.metrics(), parts.kinds(), clusters),
            inFlight,
            parts.metrics());
    List<PathMount> mounts =
        mounts(
            parts,
            documents,
            new MetricsPages(
                new MetricsPages.Sources(
                    parts.measurements(), indicators, flow::samples, parts.gauges()),
                clusters,
                parts.caches()),
            new ClusterExport(custom.kinds(), parts.caches(), parts.authorizer()),
            inFlight);
    ServletParts servletParts =
        new ServletParts(
            parts.authenticator(),
            gate,
            flow,
            deadlines,
            custom.kinds(),
            paths,
            registry,
            lister,
            gated,
            new BodyReader(config.maxBodyBytes(), decoders(parts, fields)),
            parts.connectors(),
            mounts,
            new Discovery(new Health(checks(parts), indicators), aggregate.versions()),
            observers,
            new AnswerForms(parts.clock(), new ProtobufAnswers(fields)),
            parts.clock());
    ApiServlet servlet = servletParts.servlet();
    LocalApiClients clients =
        new LocalApiClients(
            new LocalApiClients.Parts(
                custom.kinds(),
                gate,
                registry,
                lister,
                gated,
                logs(parts),
                aggregate.objects(),
                mounts,
                parts.audit(),
                parts.clock()));
    SchemaStatusLoop schemas =
        new SchemaStatusLoop(
            clients.as(UserInfo.system("controller:flow-schemas")), parts.caches(), parts.clock());
    return new ApiServer(
        new ApiFront(config, servlet),
        servlet,
        clients,
        new Layers(custom, aggregate),
        new Loops(
            custom.loop(clients, watches),
            aggregate.loop(clients, random),
            new Loops.Statuses(
                schemas,
                new UsageLoop(stores, parts.caches(), custom.kinds(), parts.clock()),
                new EndedEvents(
                    stores, parts.caches(), custom.kinds(), parts.clock(), config.eventLifetime()),
                new QueueLoop(stores, parts.caches(), settings)),
            deadlines,
            new WatchRights(parts.authorizer().history(), watches),
            watches));
  }

  private static AggregateLayer aggregate(ApiServerParts parts, CustomLayer custom) {
    return new AggregateLayer(
        new AggregateLayer.Basis(parts.caches(), parts.kinds(), custom.kinds(), parts.clock()),
        parts.services(),
        parts.frontProxies());
  }

  /** The store of the Kubernetes objects is always asked. */
  private static List<HealthCheck> checks(ApiServerParts parts) {
    List<HealthCheck> checks = new ArrayList<>();
    checks.add(new StoreCheck(parts.stores()));
    checks.add(new CachesCheck(parts.caches()));
    checks.addAll(parts.healthChecks());
    return checks;
  }

  /** What {@code componentstatuses} shows: the checks, and who leads the loops. */
  private static List<HealthCheck> components(ApiServerParts parts) {
    List<HealthCheck> components = new ArrayList<>(checks(parts));
    components.add(
        new LeaderCheck("controller-manager", "argosy-controllers", parts.caches(), parts.clock()));
    components.add(new LeaderCheck("scheduler", "argosy-scheduler", parts.caches(), parts.clock()));
    return components;
  }

  /** The caller's, and those that depend on nothing but the server itself. */
  private static Presets presets(
      ApiServerConfig config, ApiServerParts parts, KindTables kinds, FirstObjects first) {
    return Presets.all(
        List.of(
            parts.presets(),
            FirstPresets.of(first, config.serviceRanges().own(), parts.kinds(), parts.caches()),
            RegistrationPresets.of(kinds, parts.caches()),
            new AddressPresets(parts.caches())));
  }

  /** Protobuf is always read; further media types are the caller's. */
  private static Map<String, BodyDecoder> decoders(ApiServerParts parts, FieldTable fields) {
    ProtobufBodies protobuf = new ProtobufBodies(fields);
    Map<String, BodyDecoder> decoders = new LinkedHashMap<>();
    decoders.put(ProtobufBodies.MEDIA_TYPE, body -> DecodedBody.of(protobuf.decode(body)));
    decoders.putAll(parts.bodyDecoders());
    return decoders;
  }

  private static Map<GroupResource, KindRules> rules(
      ApiServerParts parts, CustomLayer custom, FirstObjects first) {
    Map<GroupResource, KindRules> rules = new LinkedHashMap<>(custom.rules());
    rules.putAll(parts.rules());
    rules.putAll(SuggestedRules.of(first));
    return rules;
  }

  /** The caller's paths, the OpenAPI documents, the measurements, and what is going on. */
  private static List<PathMount> mounts(
      ApiServerParts parts,
      OpenApiMounts documents,
      MetricsPages metrics,
      ClusterExport export,
      InFlight inFlight) {
    List<PathMount> mounts = new ArrayList<>(parts.mounts());
    mounts.addAll(documents.mounts());
    mounts.addAll(new DebugPages(inFlight, parts.caches()).mounts());
    mounts.addAll(metrics.mounts());
    mounts.addAll(export.mounts());
    return mounts;
  }

  private static LogReader logs(ApiServerParts parts) {
    return parts
        .logs()
        .orElse((pod, query) -> {
          throw Status.of(Reason.SERVICE_UNAVAILABLE, "no logs can be read here").asException();
        });
  }

  /** Begins to listen, and to do what it does without being asked. */
  public void start() {
    front.start();
    loops.start();
  }

  /** What every cluster serves, its custom resources included. */
  public KindTables kinds() {
    return layers.custom().kinds();
  }

  /** What others serve in each cluster. */
  public AggregateLayer aggregate() {
    return layers.aggregate();
  }

  public int port() {
    return front.port();
  }

  /** Where it is reached from this machine. */
  public URI localUri() {
    return front.localUri();
  }

  /** The same API for callers within the process. */
  public ApiClients clients() {
    return clients;
  }

  /** The same, for who says how writes are made. */
  public LocalApiClients local() {
    return clients;
  }

  /** The same API for another servlet container. */
  public ApiServlet servlet() {
    return servlet;
  }

  /** Ends all watches, then the port. */
  @Override
  public void close() {
    loops.close();
    front.close();
  }
}
