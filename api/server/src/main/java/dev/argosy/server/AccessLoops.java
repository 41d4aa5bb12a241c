package dev.argosy.server;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.access.PlatformLoops;
import dev.argosy.server.authn.TokenKeys;
import dev.argosy.server.authn.TokenSecrets;
import dev.argosy.server.authz.BootstrapRbac;
import dev.argosy.server.authz.RbacUpkeep;
import dev.argosy.server.authz.RulesOfClusters;
import dev.argosy.server.local.LocalApiClients;
import dev.argosy.server.pki.CertificateAuthority;
import dev.argosy.server.pki.ClientCertificates;
import dev.argosy.server.pki.NodeCertificates;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.registry.Lineage;
import dev.argosy.server.tenant.ClusterSetup;
import dev.argosy.server.tenant.EndedRoles;
import dev.argosy.server.tenant.TenantController;
import dev.argosy.server.tenant.TenantDirectory;
import dev.argosy.server.tenant.TenantKeys;
import dev.argosy.server.tenant.breakglass.BreakGlassController;
import dev.argosy.server.tenant.invitation.EndedInvitations;
import dev.argosy.server.tenant.request.RequestController;
import dev.argosy.server.tenant.serviceclient.ClientWatch;
import dev.argosy.server.tenant.serviceclient.Provider;
import dev.argosy.server.tenant.serviceclient.ServiceClientController;
import dev.argosy.server.token.TokenUpkeep;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.tenant.Tenant;
import dev.argosy.tenancy.tenant.TenantTree;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What goes on for access and tenancy without being asked. Each part runs on every server from the
 * moment it is added; closing ends the last one first. Used by one thread.
 */
final class AccessLoops implements AutoCloseable {

  /** What the loops stand on. */
  record Grounds(
      AccessConfig config,
      AccessLayer.Basis basis,
      TenantDirectory directory,
      RulesOfClusters rules,
      ObjectLookup objects) {}

  private final Grounds grounds;
  private final LocalApiClients clients;
  private final Clock clock;
  private final ResourceStore platform;
  private final Deque<Runnable> ends = new ArrayDeque<>();

  AccessLoops(Grounds grounds, LocalApiClients clients) {
    this.grounds = grounds;
    this.clients = clients;
    this.clock = grounds.basis().clock();
    this.platform = grounds.basis().stores().of(Tenant.RESOURCE);
  }

  private void run(Runnable start, Runnable end) {
    start.run();
    ends.push(end);
  }

  private ApiClient as(String controller) {
    return clients.as(UserInfo.system("controller:" + controller));
  }

  /** Makes and empties the clusters of tenants. */
  void tenants(KindTables kinds, TenantTree tree, TenantKeys encryption) {
    AccessConfig config = grounds.config();
    ApiClient client = clients.as(PlatformLoops.TENANTS);
    ClusterSetup setup =
        new ClusterSetup(
            client, clients.founding(PlatformLoops.TENANTS), config.api(), config.pki().caText());
    Lineage lineage = new Lineage(grounds.basis().stores(), grounds.basis().caches(), kinds, clock);
    TenantController.Budget budget = new TenantController.Budget(config.tenants().room(), lineage);
    TenantController tenants =
        new TenantController(
            new TenantController.Means(client, kinds, setup, budget, clock),
            platform,
            tree,
            encryption);
    run(tenants::start, tenants::close);
  }

  /** Signs what nodes and clients may have signed. */
  void certificates() {
    CertificateAuthority authority = CertificateAuthority.of(grounds.config().pki(), clock);
    NodeCertificates nodes = new NodeCertificates(as("node-certificates"), authority, clock);
    ClientCertificates others =
        new ClientCertificates(
            as("certificate-controller"),
            authority,
            grounds.directory(),
            grounds.basis().caches().of(ClientCertificates.REQUESTS),
            clock);
    run(nodes::start, nodes::close);
    run(others::start, others::close);
  }

  /** Fills aggregated roles. */
  void roles(BootstrapRbac bootstrap) {
    RbacUpkeep upkeep =
        new RbacUpkeep(
            as("clusterrole-aggregation"), grounds.rules(), bootstrap, grounds.directory());
    run(upkeep::start, upkeep::close);
  }

  /** Fills secrets with tokens of service accounts, and looks after access tokens. */
  void tokens(TokenKeys keys, TokenUpkeep upkeep) {
    TokenSecrets secrets =
        new TokenSecrets(
            as("tokens"),
            keys,
            grounds.config().pki().caText(),
            grounds.objects(),
            grounds.basis().caches());
    run(secrets::start, secrets::close);
    run(() -> upkeep.start(as("access-tokens")), upkeep::close);
  }

  /** Makes the tenants that were asked for and granted. */
  void requests() {
    RequestController requests =
        new RequestController(
            clients.as(PlatformLoops.TENANT_REQUESTS), platform, grounds.basis().caches(), clock);
    run(requests::start, requests::close);
  }

  /** Has the identity provider know the programs that tenants want to log in there. */
  void serviceClients(Optional<Provider> provider) {
    ServiceClientController programs =
        new ServiceClientController(
            clients.as(PlatformLoops.SERVICE_CLIENTS),
            provider,
            new ServiceClientController.Surroundings(
                grounds.directory(),
                new ClientWatch.Source(grounds.basis().caches(), grounds.directory()),
                clock));
    run(programs::start, programs::close);
  }

  /** Clears away roles, invitations and emergencies that are over. */
  void ends() {
    BreakGlassController emergencies =
        new BreakGlassController(as("break-glass"), grounds.basis().caches(), clock);
    ApiClient ending = as("ended-roles");
    EndedRoles roles = new EndedRoles(ending, clock, new EndedInvitations(ending, clock)::clear);
    run(emergencies::start, emergencies::close);
    run(roles::start, roles::close);
  }

  @Override
  public void close() {
    while (!ends.isEmpty()) {
      ends.pop().run();
    }
  }
}
