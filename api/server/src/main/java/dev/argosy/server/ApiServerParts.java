package dev.argosy.server;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.server.access.Authenticator;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.aggregate.identity.FrontProxies;
import dev.argosy.server.audit.Auditor;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.connect.LogReader;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.custom.kind.ConversionCaller;
import dev.argosy.server.dial.ServiceDialer;
import dev.argosy.server.discovery.HealthCheck;
import dev.argosy.server.history.HistoryLayer;
import dev.argosy.server.list.Collection;
import dev.argosy.server.metering.TurnRecorder;
import dev.argosy.server.metrics.ClusterGauge;
import dev.argosy.server.metrics.PrometheusMetrics;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.recording.RecordingLayer;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.registry.PostHandler;
import dev.argosy.server.registry.ReviewHandler;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.server.registry.WriteListener;
import dev.argosy.server.request.BodyDecoder;
import dev.argosy.server.use.UseLayer;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link ApiServer} is made of. The first five are needed; everything else has a harmless
 * default and is set by the methods named after it. Used by one thread, then left alone.
 */
public final class ApiServerParts {

  private final StoreRouter stores;
  private final ResourceCaches caches;
  private final KindTables kinds;
  private final ClusterDirectory clusters;
  private final Clock clock;
  private Authenticator authenticator =
      credentials -> new dev.argosy.server.access.Authentication.Anonymous();
  private Authorizer authorizer = attributes -> Authorizer.Decision.deny("no authorizer is set");
  private PrometheusMetrics metrics = new PrometheusMetrics();
  private Auditor audit = Auditor.none();
  private TurnRecorder turns = TurnRecorder.none();
  private Presets presets = Presets.NONE;
  private Optional<ConversionCaller> conversions = Optional.empty();
  private ServiceDialer services = ServiceDialer.none();
  private Optional<FrontProxies> frontProxies = Optional.empty();
  private Optional<LogReader> logs = Optional.empty();
  private WriteListener listener = WriteListener.NONE;
  private final List<AdmissionStep> admission = new ArrayList<>();
  private final List<ClusterGauge> gauges = new ArrayList<>();
  private final List<PathMount> mounts = new ArrayList<>();
  private final List<HealthCheck> healthChecks = new ArrayList<>();
  private final Map<String, Connector> connectors = new LinkedHashMap<>();
  private final Map<GroupResource, ReviewHandler> reviews = new LinkedHashMap<>();
  private final Map<GroupResource, Collection> collections = new LinkedHashMap<>();
  private final Map<String, PostHandler> posts = new LinkedHashMap<>();
  private final Map<GroupResource, KindRules> rules = new LinkedHashMap<>();
  private final Map<String, BodyDecoder> bodyDecoders = new LinkedHashMap<>();

  public ApiServerParts(
      StoreRouter stores,
      ResourceCaches caches,
      KindTables kinds,
      ClusterDirectory clusters,
      Clock clock) {
    this.stores = stores;
    this.caches = caches;
    this.kinds = kinds;
    this.clusters = clusters;
    this.clock = clock;
  }

  /** Who asks, and may they; without this nobody may do anything. */
  public ApiServerParts access(Authenticator who, Authorizer may) {
    authenticator = who;
    authorizer = may;
    return this;
  }

  public ApiServerParts audit(Auditor auditor) {
    audit = auditor;
    return this;
  }

  /** Where writes record what tenants are allocated; without this nobody does. */
  public ApiServerParts turns(TurnRecorder recorder) {
    turns = recorder;
    return this;
  }

  /** Something that each cluster's own people see at {@code /metrics}. */
  public ApiServerParts gauge(ClusterGauge gauge) {
    gauges.add(gauge);
    return this;
  }

  List<ClusterGauge> gauges() {
    return List.copyOf(gauges);
  }

  /** Where the process's measurements are, if others measure too. */
  public ApiServerParts metrics(PrometheusMetrics measurements) {
    metrics = measurements;
    return this;
  }

  /** Where parts measure; shown at {@code /metrics}. */
  public Metrics metrics() {
    return metrics;
  }

  PrometheusMetrics measurements() {
    return metrics;
  }

  /** What every cluster has without storing it. */
  public ApiServerParts presets(Presets all) {
    presets = all;
    return this;
  }

  /** Who calls the webhooks that convert custom resources, if not this server. */
  public ApiServerParts conversions(ConversionCaller caller) {
    conversions = Optional.of(caller);
    return this;
  }

  /** How services of tenants are reached, such as those of webhooks. */
  public ApiServerParts services(ServiceDialer dialer) {
    services = dialer;
    return this;
  }

  /** As whom API servers of tenants are called; without this as nobody. */
  public ApiServerParts frontProxies(FrontProxies proxies) {
    frontProxies = Optional.of(proxies);
    return this;
  }

  /** Where callers within the process read logs. */
  public ApiServerParts logs(LogReader reader) {
    logs = Optional.of(reader);
    return this;
  }

  /** A further admission step, after those that are always there. */
  /** What is kept of objects' past, and who hears of their changes. */
  public ApiServerParts history(HistoryLayer history) {
    collections.putAll(history.collections(authorizer));
    reviews.putAll(history.reviews(authorizer));
    return writes(history.listener());
  }

  /** Recorded sessions: what there is of them, and their replay. */
  public ApiServerParts recordings(RecordingLayer recordings) {
    collections.putAll(recordings.collections());
    return mount(recordings.mount(authorizer));
  }

  /** What pods use: where it is reported, and where it is seen. */
  public ApiServerParts use(UseLayer use) {
    collections.putAll(use.collections());
    return mount(use.mount()).gauge(use.gauge());
  }

  private ApiServerParts writes(WriteListener hearer) {
    listener = hearer;
    return this;
  }

  WriteListener listener() {
    return listener;
  }

  public ApiServerParts admission(AdmissionStep step) {
    admission.add(step);
    return this;
  }

  /** A path that is no resource. */
  public ApiServerParts mount(PathMount mount) {
    mounts.add(mount);
    return this;
  }

  public ApiServerParts healthCheck(HealthCheck check) {
    healthChecks.add(check);
    return this;
  }

  /**
   * Who serves a streaming subresource.
   *
   * @param subresource "resource/subresource", such as {@code pods/exec}
   */
  public ApiServerParts connector(String subresource, Connector connector) {
    connectors.put(subresource, connector);
    return this;
  }

  /** Who answers a kind that is asked, not kept. */
  public ApiServerParts review(GroupResource resource, ReviewHandler handler) {
    reviews.put(resource, handler);
    return this;
  }

  /** Where the objects of a kind are that is kept in no store. */
  public ApiServerParts collection(GroupResource resource, Collection collection) {
    collections.put(resource, collection);
    return this;
  }

  /**
   * Who answers POST to a subresource.
   *
   * @param subresource "resource/subresource", such as {@code serviceaccounts/token}
   */
  public ApiServerParts post(String subresource, PostHandler handler) {
    posts.put(subresource, handler);
    return this;
  }

  /** Where writes of a kind differ from the generic way. */
  public ApiServerParts rules(GroupResource resource, KindRules special) {
    rules.put(resource, special);
    return this;
  }

  /** Who reads bodies of a further media type. */
  public ApiServerParts bodyDecoder(String mediaType, BodyDecoder decoder) {
    bodyDecoders.put(mediaType, decoder);
    return this;
  }

  StoreRouter stores() {
    return stores;
  }

  ResourceCaches caches() {
    return caches;
  }

  KindTables kinds() {
    return kinds;
  }

  ClusterDirectory clusters() {
    return clusters;
  }

  Clock clock() {
    return clock;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  Authorizer authorizer() {
    return authorizer;
  }

  Auditor audit() {
    return audit;
  }

  TurnRecorder turns() {
    return turns;
  }

  Presets presets() {
    return presets;
  }

  Optional<ConversionCaller> conversions() {
    return conversions;
  }

  ServiceDialer services() {
    return services;
  }

  Optional<FrontProxies> frontProxies() {
    return frontProxies;
  }

  Optional<LogReader> logs() {
    return logs;
  }

  List<AdmissionStep> admission() {
    return admission;
  }

  List<PathMount> mounts() {
    return mounts;
  }

  List<HealthCheck> healthChecks() {
    return healthChecks;
  }

  Map<String, Connector> connectors() {
    return connectors;
  }

  Map<GroupResource, ReviewHandler> reviews() {
    return reviews;
  }

  Map<GroupResource, Collection> collections() {
    return collections;
  }

  Map<String, PostHandler> posts() {
    return posts;
  }

  Map<GroupResource, KindRules> rules() {
    return rules;
  }

  Map<String, BodyDecoder> bodyDecoders() {
    return bodyDecoders;
  }
}
