package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Suspends the Jobs and CronJobs of a suspended tenant the way they can be by themselves, so that
 * no Job takes the end of its pods for a failure and no CronJob piles up Jobs. The annotation
 * {@value #MARK} tells those that this has suspended from those that somebody else had.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#suspending-a-job">Suspending
 *     a Job</a>
 */
final class PausedJobs {

  static final String MARK = "tenancy.argosy.dev/suspended";

  private static final GroupResource JOBS = new GroupResource("batch", "jobs");
  private static final GroupResource CRON_JOBS = new GroupResource("batch", "cronjobs");
  private static final String JOB_CONTROLLER = "kubernetes.io/job-controller";

  private final ApiClient client;

  PausedJobs(ApiClient client) {
    this.client = client;
  }

  /** Suspends those that are not. */
  void pause(String cluster) {
    for (GroupResource resource : List.of(CRON_JOBS, JOBS)) {
      for (ApiObject object : all(resource, cluster)) {
        ObjectNode tree = object.tree();
        if (!object.meta().deleting() && ours(tree) && !suspended(tree) && !ended(tree)) {
          set(object, true);
        }
      }
    }
  }

  /** Lets those go on that {@link #pause} has suspended. */
  void resume(String cluster) {
    for (GroupResource resource : List.of(JOBS, CRON_JOBS)) {
      for (ApiObject object : all(resource, cluster)) {
        if (object.meta().annotations().containsKey(MARK)) {
          set(object, false);
        }
      }
    }
  }

  /** Whether the pod belongs to a Job that ends its pods itself. */
  boolean endsItself(ApiObject pod) {
    Optional<OwnerReference> owner = pod.meta().controller();
    if (owner.isEmpty() || !owner.get().kind().equals("Job")) {
      return false;
    }
    ObjectKey key = new ObjectKey(JOBS, pod.cluster(), pod.namespace(), owner.get().name());
    return client
        .get(key)
        .orAbsent()
        .filter(job -> job.meta().uid().equals(owner.get().uid()))
        .map(ApiObject::tree)
        .filter(job -> ours(job) && suspended(job) && !ended(job))
        .isPresent();
  }

  private List<ApiObject> all(GroupResource resource, String cluster) {
    return client
        .list(ResourceScope.cluster(resource, cluster), ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }

  private void set(ApiObject object, boolean paused) {
    ObjectNode patch = Json.object();
    ObjectNode metadata = patch.putObject("metadata").put("uid", object.meta().uid());
    ObjectNode annotations = metadata.putObject("annotations");
    if (paused) {
      annotations.put(MARK, "true");
    } else {
      annotations.putNull(MARK);
    }
    patch.putObject("spec").put("suspend", paused);
    if (client.patch(object.key(), "", Patch.merge(patch))
            instanceof ApiResult.Refused<ApiObject> refused
        && refused.status().reason() != Reason.NOT_FOUND
        && refused.status().reason() != Reason.CONFLICT) {
      throw new StatusException(refused.status());
    }
  }

  /** Some Jobs are left to a controller of the tenant's own. */
  private static boolean ours(JsonNode job) {
    return job.path("spec").path("managedBy").asString(JOB_CONTROLLER).equals(JOB_CONTROLLER);
  }

  private static boolean suspended(JsonNode job) {
    return job.path("spec").path("suspend").asBoolean(false);
  }

  private static boolean ended(JsonNode job) {
    for (JsonNode condition : job.path("status").path("conditions")) {
      String type = condition.path("type").asString("");
      if ((type.equals("Complete") || type.equals("Failed"))
          && condition.path("status").asString("").equals("True")) {
        return true;
      }
    }
    return false;
  }
}
