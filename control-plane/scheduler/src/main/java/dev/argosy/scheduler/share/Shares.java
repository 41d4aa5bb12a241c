package dev.argosy.scheduler.share;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each cluster has of all nodes, beside what is guaranteed to it. A cluster without pods and
 * guarantees has nothing here. One thread.
 */
public final class Shares {

  static final String ROOT = "root";

  private final Guarantees guarantees = new Guarantees();
  private final Capacity capacity = new Capacity();
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, Entitlement> entitlements = new HashMap<>();
  private final Map<ObjectKey, PodView> sentAway = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private long resizes;
  private long entitled;

  public Guarantees guarantees() {
    return guarantees;
  }

  public void nodeCame(NodeView node) {
    resizes += capacity.add(node) ? 1 : 0;
  }

  public void nodeWent(NodeView node) {
    resizes += capacity.remove(node) ? 1 : 0;
  }

  /** The pod takes something of a node from now on. */
  public void came(PodView pod) {
    sentAway.computeIfPresent(pod.key(), (key, before) -> pod.deleting() ? null : pod);
    account(pod).add(pod, leaves(pod));
    changed.add(pod.key().cluster());
  }

  /** It does no more; to be told with what {@link #came} was told. */
  public void went(PodView pod) {
    String cluster = pod.key().cluster();
    Account account = account(pod);
    account.remove(pod, leaves(pod));
    if (account.isEmpty()) {
      accounts.remove(cluster);
    }
    changed.add(cluster);
  }

  /** There is no pod of that name any more. */
  public void gone(ObjectKey pod) {
    sentAway.remove(pod);
  }

  private Account account(PodView pod) {
    return accounts.computeIfAbsent(pod.key().cluster(), c -> new Account());
  }

  private Load used(String cluster) {
    Account account = accounts.get(cluster);
    return account == null ? Load.NONE : account.used();
  }

  /** Whether the pod ends, or was told to. */
  public boolean leaves(PodView pod) {
    return pod.deleting() || sentAway.containsKey(pod.key());
  }

  /** A pod that is there is told to end; until that is seen it counts as one that does. */
  public void sendAway(PodView pod) {
    if (!leaves(pod)) {
      sentAway.put(pod.key(), pod);
      account(pod).ends(pod.demand());
    }
  }

  /** A pod that was sent away does not end after all. */
  public void keep(ObjectKey key) {
    PodView pod = sentAway.remove(key);
    if (pod != null) {
      account(pod).stays(pod.demand());
    }
  }

  /** How many clusters have pods. */
  int accounts() {
    return accounts.size();
  }

  /** Counts what changes the standing of all. */
  public long epoch() {
    return resizes + guarantees.version();
  }

  /** The clusters whose use has changed since the last call. */
  List<String> takeChanged() {
    if (changed.isEmpty()) {
      return List.of();
    }
    List<String> taken = new ArrayList<>(changed);
    changed.clear();
    return taken;
  }

  private Entitlement entitlement(String cluster) {
    if (entitled != epoch()) {
      entitled = epoch();
      entitlements.clear();
    }
    return entitlements.computeIfAbsent(
        cluster, c -> new Entitlement(guarantees.of(c), capacity.rounded()));
  }

  /** How a cluster stands that wants to place this pod next. */
  Standing standing(PodView next) {
    return standing(next, used(next.key().cluster()));
  }

  private Standing standing(PodView next, Load used) {
    String cluster = next.key().cluster();
    if (cluster.equals(ROOT)) {
      return Standing.OF_SYSTEM;
    }
    Entitlement own = entitlement(cluster);
    return !own.none() && own.filled(used.plus(next.demand())) <= 1
        ? new Standing(Standing.Tier.GUARANTEED, own.filled(used))
        : new Standing(Standing.Tier.BORROWED, own.beyond(used));
  }

  /**
   * Whether what the pod asks for is guaranteed to its tenant.
   *
   * @param before other pods of the tenant for which room is made already
   */
  public boolean guaranteed(PodView pod, Collection<PodView> before) {
    String cluster = pod.key().cluster();
    Entitlement own = entitlement(cluster);
    if (cluster.equals(ROOT) || own.none()) {
      return false;
    }
    Load with = used(cluster).plus(pod.demand());
    for (PodView other : before) {
      with = with.plus(other.demand());
    }
    return own.filled(with) <= 1;
  }

  /** The one of these pods whose cluster's turn would be the first. */
  public Optional<PodView> first(Collection<PodView> waiting) {
    return waiting.stream().min(Comparator.comparing(this::standing));
  }

  /** How many pods like this one, one after the other, would come before another cluster's. */
  public int ahead(PodView pod, PodView other, int most) {
    Standing theirs = standing(other);
    Load used = used(pod.key().cluster());
    int ahead = 0;
    while (ahead < most && standing(pod, used).compareTo(theirs) < 0) {
      used = used.plus(pod.demand());
      ahead++;
    }
    return ahead;
  }

  /**
   * How many pods like this one, one after the other, are guaranteed to its tenant.
   *
   * @param before other pods of the tenant for which room is made already
   */
  public int guaranteed(PodView pod, Collection<PodView> before, int most) {
    List<PodView> all = new ArrayList<>(before);
    int guaranteed = 0;
    while (guaranteed < most && guaranteed(pod, all)) {
      all.add(pod);
      guaranteed++;
    }
    return guaranteed;
  }

  /** The greatest part of any resource of all nodes that the cluster has beyond its guarantee. */
  public double borrowed(String cluster) {
    return cluster.equals(ROOT) ? 0 : loans().of(cluster);
  }

  /** The greatest part of any resource of all nodes that a pod asks for. */
  public double part(PodView pod) {
    return new Entitlement(Map.of(), capacity.rounded()).beyond(Load.NONE.plus(pod.demand()));
  }

  /** What is borrowed now, to try out what would be. */
  public Loans loans() {
    return new Loans(
        cluster -> {
          Account account = accounts.get(cluster);
          return account == null ? Load.NONE : account.staying();
        },
        this::entitlement);
  }
}
