package dev.argosy.server;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.schema.KindTable;
import dev.argosy.server.access.Authenticator;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.CachedObjects;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.access.PlatformLoops;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.aggregate.identity.AuthenticationConfig;
import dev.argosy.server.aggregate.identity.FrontProxies;
import dev.argosy.server.audit.AuditLayer;
import dev.argosy.server.audit.RetentionTimes;
import dev.argosy.server.audit.TrailStore;
import dev.argosy.server.authn.AuthenticationChain;
import dev.argosy.server.authn.BearerTokens;
import dev.argosy.server.authn.IssuerDocuments;
import dev.argosy.server.authn.IssuerFile;
import dev.argosy.server.authn.ProxyIdentity;
import dev.argosy.server.authn.TokenKeys;
import dev.argosy.server.authn.TokenRequestHandler;
import dev.argosy.server.authn.WebhookTokens;
import dev.argosy.server.authz.BootstrapObjects;
import dev.argosy.server.authz.BootstrapRbac;
import dev.argosy.server.authz.BoundReader;
import dev.argosy.server.authz.BoundedAuthorizer;
import dev.argosy.server.authz.Emergencies;
import dev.argosy.server.authz.EmergencyGuard;
import dev.argosy.server.authz.EscalationGuard;
import dev.argosy.server.authz.Explainer;
import dev.argosy.server.authz.Giving;
import dev.argosy.server.authz.HeldRules;
import dev.argosy.server.authz.LastingRules;
import dev.argosy.server.authz.NamedRoles;
import dev.argosy.server.authz.NodeRules;
import dev.argosy.server.authz.ObjectAuthorizer;
import dev.argosy.server.authz.ParentGuard;
import dev.argosy.server.authz.RequestPolicyGuard;
import dev.argosy.server.authz.RoleGivingGuard;
import dev.argosy.server.authz.RuleAuthorizer;
import dev.argosy.server.authz.RulesOfClusters;
import dev.argosy.server.authz.ServiceClientGuard;
import dev.argosy.server.authz.TemplateGuard;
import dev.argosy.server.authz.TenantAffairs;
import dev.argosy.server.authz.TenantRoleGuard;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.local.LocalApiClients;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.registry.PostHandler;
import dev.argosy.server.registry.ReviewHandler;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.server.review.Reviews;
import dev.argosy.server.tenant.FirstGrant;
import dev.argosy.server.tenant.PlatformStore;
import dev.argosy.server.tenant.RoleTerms;
import dev.argosy.server.tenant.RolesInUse;
import dev.argosy.server.tenant.TemplateKind;
import dev.argosy.server.tenant.TenantDirectory;
import dev.argosy.server.tenant.TenantKeys;
import dev.argosy.server.tenant.TenantKind;
import dev.argosy.server.tenant.TenantRestore;
import dev.argosy.server.tenant.TenantRules;
import dev.argosy.server.tenant.breakglass.BreakGlassKind;
import dev.argosy.server.tenant.invitation.Acceptances;
import dev.argosy.server.tenant.invitation.AcceptedMember;
import dev.argosy.server.tenant.invitation.InvitationAnswer;
import dev.argosy.server.tenant.invitation.InvitationKind;
import dev.argosy.server.tenant.request.PolicyKind;
import dev.argosy.server.tenant.request.RequestDecision;
import dev.argosy.server.tenant.request.RequestKind;
import dev.argosy.server.tenant.serviceclient.CredentialsHandler;
import dev.argosy.server.tenant.serviceclient.Provider;
import dev.argosy.server.tenant.serviceclient.ServedMember;
import dev.argosy.server.tenant.serviceclient.ServiceClientKind;
import dev.argosy.server.token.TokenBook;
import dev.argosy.server.token.TokenCheck;
import dev.argosy.server.token.TokenKind;
import dev.argosy.server.token.TokenUpkeep;
import dev.argosy.server.trail.AuditRecords;
import dev.argosy.server.trail.TrailExport;
import dev.argosy.server.trail.TrailReviews;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.audit.AuditSearch;
import dev.argosy.tenancy.audit.ChainCheck;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.ServiceClient;
import dev.argosy.tenancy.objects.ObjectRepository;
import dev.argosy.tenancy.role.RoleUses;
import dev.argosy.tenancy.tenant.Tenant;
import dev.argosy.tenancy.tenant.TenantTree;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Access and tenancy, put together. In this order: {@link #platformStore} for the stores and
 * caches, {@link #start}, then the API server with what this gives, then {@link #startLoops} with
 * the API server's clients. Close it after the API server and before stores and caches.
 */
public final class AccessLayer implements AutoCloseable {

  /** The API group whose objects live in {@link #platformStore}; all others live in etcd. */
  public static final String PLATFORM_GROUP = "tenancy.argosy.dev";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SEARCH_PATIENCE = Duration.ofSeconds(15);

  private final AccessConfig config;
  private final Basis basis;
  private final PlatformDatabase database;
  private final Clock clock;
  private final TenantDirectory directory;
  private final BootstrapRbac bootstrap = BootstrapRbac.load();
  private final TokenBook book;
  private final TokenUpkeep upkeep;
  private final RulesOfClusters rules;
  private final NamedRoles roles;
  private final TenantAffairs affairs;
  private final HeldRules held;
  private final Authorizer authorizer;
  private final Explainer explainer;
  private final TokenKeys keys;
  private final ObjectLookup objects;
  private final BearerTokens tokens;
  private final Optional<IssuerFile> issuers;
  private final Optional<ProxyIdentity> vouching;
  private final AuditLayer audit;
  private final BootstrapObjects presets;
  private final Optional<FrontProxies> proxies;
  private final ResourceCaches caches;
  private final ResourceStore platform;
  private final TenantTree tree;
  private final Optional<Provider> provider;
  private final Acceptances acceptances = new Acceptances();

  /**
   * What access is built on.
   *
   * @param caches of all resources, those of {@link #PLATFORM_GROUP} from the platform's store
   * @param stores of all resources, likewise
   */
  public record Basis(
      PlatformDatabase database,
      ResourceCaches caches,
      StoreRouter stores,
      Clock clock,
      Metrics metrics) {}

  private AccessLayer(AccessConfig config, Basis basis) {
    this.config = config;
    this.basis = basis;
    this.clock = basis.clock();
    this.database = basis.database();
    caches = basis.caches();
    platform = basis.stores().of(Tenant.RESOURCE);
    tree = new TenantTree(database);
    provider = config.identities().provider(clock);
    presets = new BootstrapObjects(bootstrap, caches);
    proxies = FrontProxies.of(config.pki(), caches, clock);
    directory = new TenantDirectory(caches, clock);
    rules = new RulesOfClusters(caches, bootstrap);
    roles = new NamedRoles(caches, directory, bootstrap);
    book = new TokenBook(caches, directory, new BoundReader(roles), clock);
    affairs = new TenantAffairs(directory, roles);
    held = new HeldRules(directory, directory, rules, roles, book);
    upkeep = new TokenUpkeep(book, held, clock);
    objects = new CachedObjects(caches, basis.stores());
    GroupResource pods = new GroupResource("", "pods");
    NodeRules nodes = new NodeRules(objects, node -> caches.of(pods).snapshot().onNode(node));
    authorizer =
        new BoundedAuthorizer(
            new ObjectAuthorizer(
                new RuleAuthorizer(held, nodes, objects),
                objects,
                RightsBesidesRoles.of(directory, affairs)),
            book);
    explainer = new Explainer(held, nodes);
    keys = TokenKeys.of(config.pki());
    tokens =
        new BearerTokens(
            keys,
            config.identities().oidc(),
            objects,
            clock,
            new BearerTokens.Others(
                config.identities().webhook().map(webhook -> new WebhookTokens(webhook, clock)),
                new TokenCheck(book, upkeep, held, objects, clock)));
    issuers = config.identities().file().map(file -> new IssuerFile(file, tokens, basis.metrics()));
    vouching = config.identities().proxies().map(ProxyIdentity::new);
    audit =
        new AuditLayer(
            config.audit(),
            TrailStore.in(
                database,
                new RetentionTimes(caches, "auditRetentionDays", config.audit().retentionDays()),
                directory),
            basis.metrics(),
            clock);
  }

  /** The store of the platform's own kinds. */
  public static PlatformStore platformStore(PlatformDatabase database) {
    return new PlatformStore(new ObjectRepository(database, PlatformSchema.projections()));
  }

  /**
   * Reads keys, tenants and roles; returns when they are known.
   *
   * @throws IllegalArgumentException if a key or certificate cannot be used
   */
  public static AccessLayer start(AccessConfig config, Basis basis) throws InterruptedException {
    FirstGrant.ensure(basis.stores().of(Tenant.RESOURCE), config.adminGroup(), basis.clock());
    AccessLayer access = new AccessLayer(config, basis);
    access.rules.start();
    access.directory.start(PATIENCE);
    access.roles.start(PATIENCE);
    access.book.start(PATIENCE);
    access.audit.start();
    access.issuers.ifPresent(IssuerFile::start);
    return access;
  }

  /** Gives the API server everything that is asked of access. */
  public ApiServerParts contributeTo(ApiServerParts parts) {
    parts.access(authenticator(), authorizer).audit(audit.auditor());
    List<Presets> all = new ArrayList<>(List.of(presets));
    proxies.map(AuthenticationConfig::new).ifPresent(all::add);
    parts.presets(Presets.all(all));
    proxies.ifPresent(parts::frontProxies);
    reviews().forEach(parts::review);
    posts().forEach(parts::post);
    admission(parts.kinds().of("")).forEach(parts::admission);
    AccessConfig.Times times = config.tenants().times();
    parts.rules(Tenant.RESOURCE, new TenantKind(platform, tree, times.deletionGrace()));
    parts.rules(BreakGlassKind.RESOURCE, new BreakGlassKind(directory, times.breakGlass(), clock));
    parts.rules(RequestKind.RESOURCE, new RequestKind(caches));
    parts.rules(PolicyKind.RESOURCE, new PolicyKind());
    parts.rules(InvitationKind.RESOURCE, new InvitationKind(directory, caches, clock));
    parts.rules(
        Member.RESOURCE,
        new ServedMember(platform, new AcceptedMember(platform, directory, acceptances, clock)));
    parts.rules(ServiceClient.RESOURCE, new ServiceClientKind(directory, caches));
    parts.rules(TemplateKind.RESOURCE, new TemplateKind(parts.kinds().of("")));
    parts.rules(
        new GroupResource("access.argosy.dev", "accesstokens"),
        new TokenKind(
            book,
            new TokenKind.Rights(held, authorizer, objects, directory),
            config.identities().programs().longestToken(),
            clock,
            new SecureRandom()));
    mounts().forEach(parts::mount);
    AuditSearch search = new AuditSearch(database, SEARCH_PATIENCE);
    parts.collection(AuditRecords.RESOURCE, new AuditRecords(search));
    parts.mount(new TrailExport(search, authorizer).mount());
    parts.healthCheck(new DatabaseCheck(database));
    return parts;
  }

  public Authenticator authenticator() {
    return new AuthenticationChain(tokens, directory, directory, clock, vouching);
  }

  public Authorizer authorizer() {
    return authorizer;
  }

  public ClusterDirectory clusters() {
    return directory;
  }

  /** Answers to reviews, by their resource. */
  private Map<GroupResource, ReviewHandler> reviews() {
    Map<GroupResource, ReviewHandler> all =
        new LinkedHashMap<>(
            Reviews.of(authorizer, new Reviews.Basis(held, explainer), tokens, clock));
    all.put(TrailReviews.RESOURCE, new TrailReviews(new ChainCheck(database)));
    return all;
  }

  /** Answers to posts, by "resource/subresource". */
  private Map<String, PostHandler> posts() {
    return Map.of(
        ServiceClient.RESOURCE + "/credentials",
        new CredentialsHandler(platform, provider, directory, clock),
        "serviceaccounts/token",
        new TokenRequestHandler(keys, objects, directory, clock),
        Tenant.RESOURCE + "/restore",
        new TenantRestore(platform),
        RequestKind.RESOURCE + "/approval",
        new RequestDecision(platform, clock),
        InvitationKind.RESOURCE + "/accept",
        InvitationAnswer.accepting(platform, acceptances, clock),
        InvitationKind.RESOURCE + "/decline",
        InvitationAnswer.declining(platform, acceptances, clock));
  }

  /** Rules for writes of RBAC objects, tenants and members. */
  private List<AdmissionStep> admission(KindTable kinds) {
    Giving giving = new Giving(held, new LastingRules(directory, roles, book), affairs);
    Emergencies emergencies = new Emergencies(held, rules, directory);
    RoleGivingGuard members = new RoleGivingGuard(giving, roles, objects, acceptances::giver);
    return List.of(
        new EscalationGuard(held, authorizer, emergencies),
        new EmergencyGuard(emergencies),
        new ParentGuard(emergencies),
        members,
        new ServiceClientGuard(members, giving, objects),
        new TenantRoleGuard(giving, roles),
        new TemplateGuard(giving, held, kinds),
        new RequestPolicyGuard(held),
        new RolesInUse(new RoleUses(database)),
        new TenantRules(directory, tree, config.tenants().podSecurity()),
        new RoleTerms(clock));
  }

  /** The documents of the token issuer. */
  private List<PathMount> mounts() {
    return new IssuerDocuments(keys).mounts();
  }

  /**
   * Starts what makes and empties clusters, signs certificates and fills roles. Runs on every
   * server.
   *
   * @param encryption destroyed with their tenants
   */
  public AutoCloseable startLoops(
      LocalApiClients clients, KindTables kinds, TenantKeys encryption) {
    acceptances.serve(clients.as(PlatformLoops.INVITATIONS));
    AccessLoops loops =
        new AccessLoops(new AccessLoops.Grounds(config, basis, directory, rules, objects), clients);
    loops.tenants(kinds, tree, encryption);
    loops.certificates();
    loops.roles(bootstrap);
    loops.tokens(keys, upkeep);
    loops.requests();
    loops.serviceClients(provider);
    loops.ends();
    return loops;
  }

  @Override
  public void close() {
    issuers.ifPresent(IssuerFile::close);
    book.close();
    roles.close();
    directory.close();
    rules.close();
    audit.close();
  }
}
