package dev.argosy.server.authz;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.follow.Tending;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the stored RBAC objects of clusters as Kubernetes does: writes into roles that collect
 * others' rules what they have collected, whenever it changes, and at the start gives changed
 * copies of bootstrap objects back what they lack. A role that every cluster has becomes a stored
 * copy only where it collects something of the cluster's own.
 *
 * <p>Authorization does not wait for this. One virtual thread, which waits while nothing happens;
 * it may run on every server.
 */
public final class RbacUpkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RbacUpkeep.class);
  private static final Tending.Crew CREW =
      new Tending.Crew("rbac-upkeep", 1, Duration.ofMillis(500));

  private final ApiClient client;
  private final RulesOfClusters rules;
  private final ClusterDirectory clusters;

  /** As root has them; all others have the same. */
  private final Map<ObjectKey, ObjectNode> bootstrap = new HashMap<>();

  private final Set<String> toReconcile = ConcurrentHashMap.newKeySet();
  private final Tending due = new Tending(CREW, this::tend);

  public RbacUpkeep(
      ApiClient client, RulesOfClusters rules, BootstrapRbac bootstrap, ClusterDirectory clusters) {
    this.client = client;
    this.rules = rules;
    this.clusters = clusters;
    bootstrap
        .roles()
        .forEach(role -> {
          RbacKind kind = role.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE : RbacKind.ROLE;
          this.bootstrap.put(
              key(kind, ClusterDirectory.ROOT, role.namespace(), role.name()),
              BootstrapTemplate.object(role));
        });
    bootstrap
        .bindings()
        .forEach(binding -> {
          RbacKind kind =
              binding.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE_BINDING : RbacKind.ROLE_BINDING;
          this.bootstrap.put(
              key(kind, ClusterDirectory.ROOT, binding.namespace(), binding.name()),
              BootstrapTemplate.object(binding));
        });
  }

  private static ObjectKey key(RbacKind kind, String cluster, String namespace, String name) {
    return new ObjectKey(kind.resource(), cluster, namespace, name);
  }

  /** Begins; does not wait. */
  public void start() {
    rules.onChange(due::put);
    for (String cluster : rules.clusters()) {
      toReconcile.add(cluster);
      due.put(cluster);
    }
    due.start();
  }

  @Override
  public void close() {
    due.close();
  }

  /** Does what a cluster needs; false if it must be looked at again. */
  private boolean tend(String cluster) {
    Optional<LogicalCluster> known = clusters.find(cluster);
    if (known.isEmpty() || known.get().phase() == Phase.TERMINATING) {
      return true;
    }
    boolean done = !toReconcile.contains(cluster) || reconcile(cluster);
    if (done) {
      toReconcile.remove(cluster);
    }
    return collect(cluster) && done;
  }

  private boolean reconcile(String cluster) {
    boolean done = true;
    for (RbacKind kind : RbacKind.values()) {
      for (ApiObject object : rules.stored(kind, cluster)) {
        ObjectNode wanted =
            bootstrap.get(key(kind, ClusterDirectory.ROOT, object.namespace(), object.name()));
        ObjectNode copy = object.tree();
        if (wanted != null && Reconciliation.complete(copy, wanted)) {
          done &= written(object.key(), copy);
        }
      }
    }
    return done;
  }

  private boolean collect(String cluster) {
    boolean done = true;
    for (Role role : rules.of(cluster).aggregated()) {
      if (!role.rules().equals(shown(cluster, role.name()))) {
        done &= show(key(RbacKind.CLUSTER_ROLE, cluster, "", role.name()), role);
      }
    }
    return done;
  }

  /** The rules that readers see in a role now. */
  private List<PolicyRule> shown(String cluster, String name) {
    return rules
        .storedRole(cluster, name)
        .map(object -> PolicyRule.listOf(object.tree().path("rules")))
        .or(() -> rules.untouched().rulesOf("", name))
        .orElse(List.of());
  }

  private boolean show(ObjectKey key, Role role) {
    Optional<ApiObject> present = client.get(key).orAbsent();
    if (present.isEmpty()) {
      return true;
    }
    ObjectNode object = present.get().tree();
    ArrayNode all = object.putArray("rules");
    role.rules().forEach(rule -> all.add(rule.toJson()));
    return written(key, object);
  }

  private boolean written(ObjectKey key, ObjectNode object) {
    ApiResult<ApiObject> result = client.update(key, object);
    if (result instanceof ApiResult.Refused<ApiObject> refused
        && !refused.refusedFor(Reason.NOT_FOUND)) {
      if (!refused.refusedFor(Reason.CONFLICT)) {
        LOG.warn("{} cannot be kept: {}", key, refused.status().message());
      }
      return false;
    }
    return true;
  }
}
