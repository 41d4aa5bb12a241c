package dev.argosy.server.metering.budget;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Amounts;
import dev.argosy.server.admission.Operation;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.tenancy.usage.TenantBudget;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a tenant's budget is spent and says {@code RefuseNew}, nothing new is started: no workload,
 * claim or load balancer is made, and none grows. What runs goes on; the platform's loops replace
 * what ends, but start no new Job. Looks at memory alone.
 */
public final class BudgetStops implements AdmissionStep {

  /** Those that run something, by what they have more of when they grow. */
  private static final Set<String> REPLICATED =
      Set.of("replicationcontrollers", "replicasets.apps", "deployments.apps", "statefulsets.apps");

  private static final Set<String> NEW =
      Set.of(
          "pods",
          "replicationcontrollers",
          "replicasets.apps",
          "deployments.apps",
          "statefulsets.apps",
          "daemonsets.apps",
          "jobs.batch",
          "cronjobs.batch",
          "persistentvolumeclaims");

  private final WatchCache budgets;
  private final Clock clock;

  public BudgetStops(ResourceCaches caches, Clock clock) {
    this.budgets = caches.of(TenantBudget.RESOURCE);
    this.clock = clock;
  }

  @Override
  public void validate(AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    if (!adds(request) || loop(request.user(), target)) {
      return;
    }
    stopped(target.cluster())
        .ifPresent(why -> {
          throw Status.forbidden(target.type().groupResource(), target.name(), why).asException();
        });
  }

  /** Whether something begins or grows that costs. */
  private static boolean adds(AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    String resource = target.type().groupResource().toString();
    JsonNode object = request.object();
    JsonNode old = request.old();
    if (object == null || (request.operation() == Operation.UPDATE && old == null)) {
      return false;
    }
    boolean made = request.operation() == Operation.CREATE && target.subresource().isEmpty();
    if (resource.equals("services")) {
      return target.subresource().isEmpty() && balanced(object) && !balanced(old);
    }
    if (made) {
      return NEW.contains(resource);
    }
    return request.operation() == Operation.UPDATE
        && old != null
        && (REPLICATED.contains(resource)
                && Set.of("", "scale").contains(target.subresource())
                && replicas(object) > replicas(old)
            || resource.equals("persistentvolumeclaims")
                && target.subresource().isEmpty()
                && storage(object).compareTo(storage(old)) > 0);
  }

  private static boolean balanced(@Nullable JsonNode service) {
    return service != null && service.path("spec").path("type").asString("").equals("LoadBalancer");
  }

  private static long replicas(JsonNode object) {
    return object.path("spec").path("replicas").asLong(1);
  }

  private static Quantity storage(JsonNode claim) {
    return Amounts.of(claim.path("spec").path("resources").path("requests"))
        .getOrDefault("storage", Quantity.ZERO);
  }

  /** The platform's loops only replace what was there, but for Jobs, which are new each time. */
  private static boolean loop(UserInfo user, AdmissionRequest.Target target) {
    GroupResource jobs = new GroupResource("batch", "jobs");
    return user.name().startsWith("system:")
        && user.inGroup(UserInfo.SYSTEM_MASTERS)
        && ClusterScope.of(user).isEmpty()
        && !target.type().groupResource().equals(jobs);
  }

  /** Why nothing new may start in a cluster; empty if it may. */
  private Optional<String> stopped(String cluster) {
    ObjectKey key = new ObjectKey(TenantBudget.RESOURCE, ClusterDirectory.ROOT, "", cluster);
    return budgets.peek().flatMap(all -> all.get(key)).flatMap(this::stopped);
  }

  private Optional<String> stopped(ApiObject budget) {
    JsonNode tree = budget.tree();
    JsonNode status = tree.path("status");
    String month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).toString();
    if (!status.path("refusing").asBoolean(false)
        || !status.path("month").asString("").equals(month)
        || !TenantBudget.of(tree).refusesNew()) {
      return Optional.empty();
    }
    return Optional.of(
        "the budget of tenant "
            + budget.name()
            + " for "
            + month
            + " is spent ("
            + status.path("spent").asString("")
            + " of "
            + tree.path("spec").path("monthly").asString("")
            + " "
            + status.path("currency").asString("")
            + "): what runs goes on, but nothing new is started before the next month or a higher"
            + " budget");
  }
}
