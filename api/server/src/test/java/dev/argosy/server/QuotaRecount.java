package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.admission.Amounts;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.store.spi.StoredValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts what is used of quotas at one revision, in ways of its own. */
final class QuotaRecount {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  private static final GroupResource DEFINITIONS =
      new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");

  /** All kinds that the random writes, and a new test server, write. */
  private static final Set<GroupResource> WRITTEN =
      Stream.of(
              "pods",
              "services",
              "configmaps",
              "persistentvolumeclaims",
              "resourcequotas",
              "namespaces",
              "serviceaccounts")
          .map(resource -> new GroupResource("", resource))
          .collect(Collectors.toSet());

  private static final List<StoredValue> NONE = List.of();
  private static final String WAITING = "pods<waiting";

  private final EtcdStore store;
  private final String space;
  private int guarantees;

  /**
   * Counts a namespace, or the whole cluster.
   *
   * @param space empty for all
   */
  QuotaRecount(EtcdStore store, String space) {
    this.store = store;
    this.space = space;
  }

  /** Fails unless the shares of every quota that was counted are right; how many were. */
  int requireExact() {
    long revision = store.currentRevision();
    int exact = 0;
    for (StoredValue stored : spaces(revision)) {
      JsonNode quota = Json.parse(stored.value());
      if (settled(quota)) {
        Map<String, Quantity> counted = counted(quota, "acme", revision);
        requireShares(stored.key(), quota, counted, revision);
        exact++;
      }
    }
    return exact;
  }

  /** Whether no quota of the namespace says anything wrong of what is used. */
  boolean told() {
    long revision = store.currentRevision();
    for (StoredValue stored : spaces(revision)) {
      JsonNode quota = Json.parse(stored.value());
      Map<String, Quantity> counted = counted(quota, "acme", revision);
      boolean right =
          !settled(quota)
              || quota.path("status").path("used").properties().stream()
                  .allMatch(used ->
                      amount(used.getValue())
                          .equals(counted.getOrDefault(used.getKey(), Quantity.ZERO)));
      if (!right) {
        return false;
      }
    }
    return true;
  }

  private List<StoredValue> spaces(long revision) {
    return store.list(Quota.RESOURCE, "acme", revision, null, 0).values().stream()
        .filter(stored -> stored.key().namespace().equals(space))
        .toList();
  }

  /** As {@link #requireExact}, of the quotas of tenants. */
  int requireTenantExact() {
    long revision = store.currentRevision();
    int exact = 0;
    for (StoredValue stored : store.list(Quota.OF_TENANTS, "root", revision, null, 0).values()) {
      JsonNode quota = Json.parse(stored.value());
      if (!settled(quota)) {
        continue;
      }
      String tenant = quota.path("spec").path("tenant").asString("");
      Map<String, Quantity> sum = tree(quota, tenant, parents(revision), revision);
      requireShares(stored.key(), quota, sum, revision);
      exact++;
    }
    return exact;
  }

  private static boolean settled(JsonNode quota) {
    JsonNode hard = quota.path("spec").path("hard");
    JsonNode status = quota.path("status");
    int bands = quota.path("spec").path("bands").size();
    return same(hard, status.path("hard"))
        && names(hard).equals(names(status.path("used")))
        && status.path("bands").size() == bands
        && status.has("queue") == quota.path("spec").has("maxWaiting");
  }

  private void requireShares(
      ObjectKey key, JsonNode quota, Map<String, Quantity> counted, long revision) {
    String name = key.name();
    Map<String, Quantity> used = new TreeMap<>();
    Map<String, Quantity> granted = new TreeMap<>();
    Map<String, Quantity> over = new TreeMap<>();
    for (StoredValue stored : shares(key, revision)) {
      Share share = Share.of(stored.key(), Optional.of(stored));
      share.used().forEach((dimension, amount) -> used.merge(dimension, amount, Quantity::add));
      share
          .granted()
          .forEach((dimension, amount) -> {
            granted.merge(dimension, amount, Quantity::add);
            if (share.left(dimension).signum() < 0) {
              over.put(dimension, share.left(dimension));
            }
          });
    }
    for (Map.Entry<String, Quantity> bound : bounds(quota).entrySet()) {
      String dimension = bound.getKey();
      Quantity sum = counted.getOrDefault(dimension, Quantity.ZERO);
      assertThat(used.getOrDefault(dimension, Quantity.ZERO))
          .as("%s of %s at %d", dimension, name, revision)
          .isEqualTo(sum);
      assertThat(granted.getOrDefault(dimension, Quantity.ZERO))
          .as("granted %s of %s at %d", dimension, name, revision)
          .isEqualTo(bound.getValue());
      if (name.equals("fixed") || dimension.equals(EtcdAmounts.OBJECTS)) {
        assertThat(sum).as("%s at %d", name, revision).isLessThanOrEqualTo(bound.getValue());
      }
      if (name.equals("fixed")) {
        assertThat(over).as("%s at %d", name, revision).isEmpty();
      }
    }
  }

  /** What the quota bounds, and what pods below its bands may use of that. */
  private static Map<String, Quantity> bounds(JsonNode quota) {
    JsonNode spec = quota.path("spec");
    Map<String, Quantity> bounds = new TreeMap<>();
    spec.path("hard").forEachEntry((name, amount) -> bounds.put(name, amount(amount)));
    for (JsonNode band : spec.path("bands")) {
      band.path("kept")
          .forEachEntry((name, kept) ->
              bounds.put(
                  name + "<" + band.path("minPriority").asInt(),
                  amount(spec.path("hard").path(name)).subtract(amount(kept))));
    }
    if (spec.path("whenExceeded").asString("").equals("Queue")) {
      bounds.put(WAITING, Quantity.ofUnits(spec.path("maxWaiting").asLong(1_000)));
    }
    return bounds;
  }

  /** Whether it costs that quota no more than its place. */
  private static boolean waits(JsonNode quota, JsonNode pod) {
    return quota.path("spec").has("tenant")
        && pod.path("spec").path("schedulingGates").toString().contains("argosy.dev/quota");
  }

  private List<StoredValue> shares(ObjectKey quota, long revision) {
    return store.list(Share.RESOURCE, Share.nameOf(quota), revision, null, 0).values();
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return names(one).equals(names(other))
        && one.properties().stream()
            .allMatch(e -> amount(e.getValue()).equals(amount(other.path(e.getKey()))));
  }

  private static List<String> names(JsonNode amounts) {
    return amounts.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  private static Quantity amount(JsonNode text) {
    return Quantity.parse(text.asString("0"));
  }

  private Map<String, Quantity> counted(JsonNode quota, String cluster, long revision) {
    Map<String, Quantity> sum = new TreeMap<>();
    Predicate<JsonNode> scope = scope(quota);
    boolean scoped = quota.path("spec").has("scopeSelector");
    for (JsonNode pod : all("pods", cluster, revision)) {
      boolean ended = pod.path("status").path("phase").asString("").equals("Succeeded");
      if (!ended && waits(quota, pod)) {
        add(sum, WAITING, "1");
      } else if (!ended && scope.test(pod)) {
        JsonNode container = pod.path("spec").path("containers").path(0);
        String cpu = container.path("resources").path("requests").path("cpu").asString("0");
        add(sum, "pods", "1");
        add(sum, "requests.cpu", cpu);
        for (JsonNode band : quota.path("spec").path("bands")) {
          int least = band.path("minPriority").asInt();
          if (pod.path("spec").path("priority").asInt(0) < least) {
            add(sum, "pods<" + least, "1");
            add(sum, "requests.cpu<" + least, cpu);
          }
        }
      }
    }
    for (JsonNode service : scoped ? List.<JsonNode>of() : all("services", cluster, revision)) {
      add(sum, "services", "1");
      boolean node = service.path("spec").path("type").asString("").equals("NodePort");
      add(sum, "services.nodeports", node ? "" + service.path("spec").path("ports").size() : "0");
    }
    for (JsonNode claim : all("persistentvolumeclaims", cluster, revision)) {
      JsonNode requests = claim.path("spec").path("resources").path("requests");
      add(sum, "requests.storage", requests.path("storage").asString("0"));
    }
    add(sum, "count/configmaps", "" + all("configmaps", cluster, revision).size());
    if (quota.path("spec").path("hard").has(EtcdAmounts.BYTES)) {
      sum.putAll(room(WRITTEN, cluster, revision));
    }
    return sum;
  }

  /** What a cluster and all below it use, each at least what is guaranteed to it. */
  private Map<String, Quantity> tree(
      JsonNode quota, String cluster, Map<String, String> parents, long revision) {
    Map<String, Quantity> sum = counted(quota, cluster, revision);
    parents.forEach((child, parent) -> {
      if (parent.equals(cluster)) {
        Map<String, Quantity> below = tree(quota, child, parents, revision);
        Amounts.raise(below, guaranteed(child, revision));
        Amounts.add(sum, below);
      }
    });
    return sum;
  }

  private Map<String, Quantity> guaranteed(String tenant, long revision) {
    Map<String, Quantity> all = new TreeMap<>();
    for (StoredValue quota : store.list(Quota.OF_TENANTS, "root", revision, null, 0).values()) {
      String of = Json.parse(quota.value()).path("spec").path("tenant").asString("");
      for (StoredValue stored : of.equals(tenant) ? shares(quota.key(), revision) : NONE) {
        Share share = Share.of(stored.key(), Optional.of(stored));
        guarantees += share.guaranteed().isEmpty() ? 0 : 1;
        Amounts.raise(all, share.guaranteed());
      }
    }
    return all;
  }

  /** How often guarantees of tenants below were found. */
  int guarantees() {
    return guarantees;
  }

  /** What stands below what, as the ledgers say. */
  private Map<String, String> parents(long revision) {
    Map<String, String> parents = new TreeMap<>();
    for (StoredValue value : store.list(Ledger.RESOURCE, "", revision, null, 0).values()) {
      String parent = Json.parse(value.value()).path("parent").asString("");
      if (value.key().namespace().isEmpty() && !parent.isEmpty()) {
        parents.put(value.key().cluster(), parent);
      }
    }
    return parents;
  }

  /** What all objects of the cluster take up now. */
  Map<String, Quantity> room() {
    long revision = store.currentRevision();
    return room(kept("acme", revision), "acme", revision);
  }

  private Map<String, Quantity> room(Set<GroupResource> kept, String cluster, long revision) {
    long objects = 0;
    long bytes = 0;
    for (GroupResource resource : kept) {
      for (StoredValue value : store.list(resource, cluster, revision, null, 0).values()) {
        objects++;
        bytes += size(resource, value.value());
      }
    }
    return Map.of(
        "etcd.argosy.dev/objects",
        Quantity.ofUnits(objects),
        "etcd.argosy.dev/bytes",
        Quantity.ofUnits(bytes));
  }

  private static int size(GroupResource resource, byte[] value) {
    if (!resource.equals(Quota.RESOURCE)) {
      return value.length;
    }
    ObjectNode quota = Json.parse(value);
    quota.remove("status");
    return Json.canonical(quota).length;
  }

  private Set<GroupResource> kept(String cluster, long revision) {
    Set<GroupResource> kept = new TreeSet<>();
    KINDS.ofCluster("acme").all().forEach(kind -> kept.add(kind.storage()));
    for (StoredValue value : store.list(DEFINITIONS, cluster, revision, null, 0).values()) {
      String name = value.key().name();
      int dot = name.indexOf('.');
      kept.add(new GroupResource(name.substring(dot + 1), name.substring(0, dot)));
    }
    return kept;
  }

  private static Predicate<JsonNode> scope(JsonNode quota) {
    JsonNode scopes = quota.path("spec").path("scopeSelector").path("matchExpressions");
    if (scopes.isEmpty()) {
      return pod -> true;
    }
    boolean exists = scopes.path(0).path("operator").asString("").equals("Exists");
    return pod -> pod.path("spec").path("priorityClassName").asString("").isEmpty() != exists;
  }

  private static void add(Map<String, Quantity> sum, String name, String amount) {
    sum.merge(name, Quantity.parse(amount), Quantity::add);
  }

  private List<JsonNode> all(String resource, String cluster, long revision) {
    return store.list(new GroupResource("", resource), cluster, revision, null, 0).values().stream()
        .filter(stored -> space.isEmpty() || stored.key().namespace().equals(space))
        .map((StoredValue stored) -> (JsonNode) Json.parse(stored.value()))
        .toList();
  }
}
