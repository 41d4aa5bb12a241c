package dev.argosy.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.access.CachedObjects;
import dev.argosy.server.tenant.TenantDirectory;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** All rules over a store in memory, with tenants acme and globex and their members. */
final class RulesRig implements AutoCloseable {

  private static final String TENANCY = "tenancy.argosy.dev";

  final MemoryStore store = new MemoryStore();
  private final StoreCaches caches = new StoreCaches(store);
  private final TenantDirectory directory =
      new TenantDirectory(caches, java.time.Clock.systemUTC());
  private final BootstrapRbac bootstrap = BootstrapRbac.load();
  private final RulesOfClusters rules = new RulesOfClusters(caches, bootstrap);
  final NamedRoles roles = new NamedRoles(caches, directory, bootstrap);
  final HeldRules held = new HeldRules(directory, directory, rules, roles);
  final Emergencies emergencies = new Emergencies(held, rules, directory);
  final RuleAuthorizer authorizer =
      new RuleAuthorizer(
          held,
          new NodeRules(
              new CachedObjects(caches, resource -> store),
              node -> caches.of(new GroupResource("", "pods")).snapshot().onNode(node)));

  RulesRig() throws InterruptedException {
    tenant("acme");
    tenant("globex");
    member("acme", "User", "ann", "admin");
    member("acme", "Group", "devs", "member");
    member("acme", "User", "vic", "viewer");
    member("globex", "User", "gus", "admin");
    put(
        new GroupResource(TENANCY, "accessgrants"),
        "root",
        "",
        "admins",
        "{\"role\":\"platform-admin\",\"subject\":{\"kind\":\"Group\",\"name\":\"platform-admins\"}}");
    for (String resource : new String[] {"tenants", "members", "accessgrants"}) {
      caches.of(new GroupResource(TENANCY, resource)).currentSnapshot(Duration.ofSeconds(20));
    }
    rules.start();
    directory.start(Duration.ofSeconds(20));
    roles.start(Duration.ofSeconds(20));
  }

  @Override
  public void close() {
    roles.close();
    directory.close();
    rules.close();
    caches.close();
  }

  private void tenant(String name) {
    put(new GroupResource(TENANCY, "tenants"), "root", "", name, "{}");
  }

  private void member(String tenant, String kind, String name, String role) {
    put(
        new GroupResource(TENANCY, "members"),
        "root",
        "",
        tenant + "-" + name,
        "{\"tenant\":\"%s\",\"role\":\"%s\",\"subject\":{\"kind\":\"%s\",\"name\":\"%s\"}}"
            .formatted(tenant, role, kind, name));
  }

  void put(GroupResource resource, String cluster, String namespace, String name, String spec) {
    putMembers(resource, cluster, namespace, name, "\"spec\":" + spec);
  }

  void putMembers(
      GroupResource resource, String cluster, String namespace, String name, String members) {
    String json =
        "{\"apiVersion\":\"v1\",\"kind\":\"X\",\"metadata\":{\"name\":\"%s\",\"uid\":\"u\"},%s}"
            .formatted(name, members);
    CommitResult result =
        store.commit(
            List.of(
                new Change.Create(
                    new ObjectKey(resource, cluster, namespace, name),
                    json.getBytes(StandardCharsets.UTF_8))));
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
  }

  static UserInfo user(String name, String... groups) {
    List<String> all = new ArrayList<>(List.of(groups));
    all.add(UserInfo.AUTHENTICATED);
    return new UserInfo(name, "", all, Map.of());
  }

  Decision ask(UserInfo user, String cluster, String verb, String resource, String name) {
    int slash = resource.indexOf('/');
    String plural = slash < 0 ? resource : resource.substring(0, slash);
    int dot = plural.indexOf('.');
    return authorizer.authorize(
        new Attributes(
            user,
            cluster,
            verb,
            dot < 0 ? "" : plural.substring(dot + 1),
            "v1",
            dot < 0 ? plural : plural.substring(0, dot),
            slash < 0 ? "" : resource.substring(slash + 1),
            "default",
            name,
            ""));
  }

  boolean may(UserInfo user, String cluster, String verb, String resource) {
    return ask(user, cluster, verb, resource, "x").allowed();
  }

  boolean mayPath(UserInfo user, String cluster, String path) {
    return authorizer
        .authorize(new Attributes(user, cluster, "get", "", "", "", "", "", "", path))
        .allowed();
  }

  static void eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
