package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.Amounts;
import dev.argosy.store.spi.Change;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A quota at one revision: a namespace's {@code ResourceQuota}, or a {@code TenantQuota}, which
 * bounds a whole cluster.
 *
 * @param hard the bounds, those of what pods below its bands may use, and of how many may wait
 * @param used what is used of them; complete if {@code settled}
 * @param settled whether what is used has been counted for exactly these bounds
 */
public record Quota(
    ApiObject object,
    List<Scope> scopes,
    Map<String, Quantity> hard,
    Map<String, Quantity> used,
    boolean settled) {

  public static final GroupResource RESOURCE = new GroupResource("", "resourcequotas");

  /** As which the quotas of tenants are stored: with the objects that they are charged with. */
  public static final GroupResource OF_TENANTS =
      new GroupResource("quota.argosy.dev", "tenantquotas");

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final Object MAKER = new Object();

  /** A share that begins with fewer units than this is asked for more too often. */
  private static final BigDecimal UNITS_OF_A_SHARE = BigDecimal.valueOf(8);

  /** Where the tenants' quota of that name is kept. */
  public static ObjectKey ofTenant(String name) {
    return new ObjectKey(OF_TENANTS, ClusterDirectory.ROOT, "", name);
  }

  /** The quota; read once per revision. */
  public static Quota of(ApiObject object) {
    return object.derived(Quota.class, MAKER, Quota::parsed);
  }

  private static Quota parsed(ApiObject object) {
    ObjectNode tree = object.tree();
    JsonNode status = tree.path("status");
    Map<String, Quantity> hard = Amounts.of(tree.path("spec").path("hard"));
    Map<String, Quantity> told = QuotaStatus.hard(status);
    Map<String, Quantity> used = QuotaStatus.used(status);
    List<Band> bands = Band.of(tree.path("spec"));
    bands.forEach(band -> hard.putAll(band.bounds(hard)));
    Queue queue = Queue.of(tree.path("spec"));
    if (queue.on()) {
      hard.put(Waiting.COUNTED, Quantity.ofUnits(queue.most()));
    }
    boolean settled =
        told.equals(hard) && used.keySet().equals(hard.keySet()) && BandStatus.names(status, bands);
    return new Quota(
        object,
        Scope.of(tree.path("spec")),
        Collections.unmodifiableMap(hard),
        Collections.unmodifiableMap(used),
        settled);
  }

  public ObjectKey key() {
    return object.key();
  }

  /** The cluster whose objects it is about; a tenant's may be about those below it, too. */
  public String cluster() {
    return reach().cluster();
  }

  /** Whether it is about the objects of one cluster only. */
  public boolean alone() {
    return reach().alone();
  }

  /** Where the objects are that it is about. */
  private record Reach(String cluster, boolean alone) {

    static Reach of(ApiObject quota) {
      if (!quota.key().resource().equals(OF_TENANTS)) {
        return new Reach(quota.cluster(), true);
      }
      JsonNode spec = quota.tree().path("spec");
      return new Reach(spec.path("tenant").asString(""), spec.path("alone").asBoolean(false));
    }
  }

  private Reach reach() {
    return object.derived(Reach.class, MAKER, Reach::of);
  }

  /** The namespace whose objects it is about; empty for all. */
  public String namespace() {
    return key().namespace();
  }

  /** Whether it bounds a whole cluster. */
  public boolean ofTenant() {
    return key().resource().equals(OF_TENANTS);
  }

  /**
   * Into how many shares it is parted at most: one if it is exceeded, since what is given back must
   * not be lent again, or if something is guaranteed, since all that is used must be known then;
   * and few if its smallest bound is.
   */
  public int shares() {
    return exceeded() || guarantees()
        ? 1
        : object.derived(Parting.class, MAKER, o -> Parting.of(hard)).shares();
  }

  /** What shall be guaranteed. */
  public Map<String, Quantity> wanted() {
    return kept().wanted();
  }

  /** What it says is guaranteed; the shares know. */
  public Map<String, Quantity> guaranteed() {
    return kept().told();
  }

  /** Whether anything is guaranteed of it, or shall be. */
  public boolean guarantees() {
    return !wanted().isEmpty() || !guaranteed().isEmpty();
  }

  private Guarantees kept() {
    return object.derived(Guarantees.class, MAKER, Guarantees::of);
  }

  private record Guarantees(Map<String, Quantity> wanted, Map<String, Quantity> told) {

    static Guarantees of(ApiObject quota) {
      ObjectNode tree = quota.tree();
      return new Guarantees(
          Collections.unmodifiableMap(Amounts.of(tree.path("spec").path(QuotaStatus.GUARANTEED))),
          Collections.unmodifiableMap(
              Amounts.of(tree.path("status").path(QuotaStatus.GUARANTEED))));
    }
  }

  /** Its bands, the lowest first. */
  public List<Band> bands() {
    return ofTenant() ? object.derived(Bands.class, MAKER, Bands::of).all() : List.of();
  }

  /** Whether pods for which there is no room wait for it. */
  public boolean queues() {
    return ofTenant() && object.derived(Queue.class, MAKER, Queue::of).on();
  }

  private record Queue(boolean on, long most) {

    /** So many may wait, unless it says how many. */
    private static final long USUAL = 1_000;

    static Queue of(ApiObject quota) {
      return of(quota.tree().path("spec"));
    }

    static Queue of(JsonNode spec) {
      boolean on = spec.path("whenExceeded").asString("").equals("Queue");
      return new Queue(on, spec.path("maxWaiting").asLong(USUAL));
    }
  }

  private record Bands(List<Band> all) {

    static Bands of(ApiObject quota) {
      return new Bands(Band.of(quota.tree().path("spec")));
    }
  }

  private record Parting(int shares) {

    static Parting of(Map<String, Quantity> hard) {
      BigDecimal smallest =
          hard.values().stream()
              .map(Quantity::amount)
              .min(BigDecimal::compareTo)
              .orElse(BigDecimal.ZERO);
      BigDecimal shares =
          smallest
              .divide(UNITS_OF_A_SHARE, 0, RoundingMode.DOWN)
              .min(BigDecimal.valueOf(Share.MOST));
      return new Parting(Math.max(1, shares.intValue()));
    }
  }

  /** Whether more is used than it allows, since it was so when it was made. */
  public boolean exceeded() {
    return used.entrySet().stream()
        .anyMatch(e -> e.getValue().compareTo(hard.getOrDefault(e.getKey(), Quantity.ZERO)) > 0);
  }

  /** Whether an object is of the sort that this quota bounds. */
  public boolean concerns(GroupResource resource, JsonNode one) {
    return hard.keySet().stream()
            .anyMatch(name -> !EtcdAmounts.is(name) && Usage.resourceOf(name).equals(resource))
        && scopes.stream().allMatch(scope -> scope.matches(resource, one));
  }

  /** What an object costs of what this quota bounds. */
  public Map<String, Quantity> cost(GroupResource resource, JsonNode one) {
    Map<String, Quantity> cost = new TreeMap<>();
    if (!concerns(resource, one)) {
      return cost;
    }
    cost.putAll(Usage.of(resource, one));
    if (resource.equals(PODS) && ofTenant()) {
      Waiting.reduce(cost, one);
      bands().forEach(band -> band.addTo(cost, one));
    }
    cost.keySet().retainAll(hard.keySet());
    return cost;
  }

  /** The kinds that must be looked at to count anew. */
  public Set<GroupResource> resources() {
    Set<GroupResource> resources = new TreeSet<>();
    hard.keySet().stream()
        .filter(name -> !EtcdAmounts.is(name))
        .forEach(name -> resources.add(Usage.resourceOf(name)));
    return resources;
  }

  /** Whether it bounds the room in etcd, so that every kind must be looked at to count anew. */
  public boolean boundsRoom() {
    return hard.keySet().stream().anyMatch(EtcdAmounts::is);
  }

  /** Whether it bounds nothing but that. */
  public boolean boundsRoomOnly() {
    return hard.keySet().stream().allMatch(EtcdAmounts::is);
  }

  /** What is used may be less than was charged, since objects of that sort end by themselves. */
  public boolean ending(Set<String> names) {
    return names.stream()
        .anyMatch(name -> EtcdAmounts.is(name) || Usage.endsByItself(Usage.resourceOf(name)));
  }

  /** What makes it say what is used, and no guarantee. */
  public Change told(Map<String, Quantity> other) {
    return told(other, Map.of());
  }

  /** What makes it say what is used, and what of that is guaranteed. */
  public Change told(Map<String, Quantity> other, Map<String, Quantity> guarantees) {
    return new Change.Update(key(), object.revision(), with(other, guarantees));
  }

  private byte[] with(Map<String, Quantity> other, Map<String, Quantity> guarantees) {
    ObjectNode tree = object.tree();
    ((ObjectNode) tree.path("metadata")).remove("resourceVersion");
    QuotaStatus.write(tree.putObject("status"), this, other, guarantees);
    return Json.canonical(tree);
  }

  /**
   * What makes it one that must be counted anew before anything is charged to it. Whoever does this
   * must change the ledger in the same transaction, so that nobody goes on charging.
   */
  public Change uncounted() {
    ObjectNode tree = object.tree();
    ((ObjectNode) tree.path("metadata")).remove("resourceVersion");
    tree.withObject("status").remove("used");
    return new Change.Update(key(), object.revision(), Json.canonical(tree));
  }
}
