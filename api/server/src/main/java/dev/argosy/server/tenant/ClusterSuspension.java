package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stops what runs in a cluster, and brings it back. Pods that have a node end gracefully; their
 * controllers make them anew and these wait for a node. Pods without a controller are kept before
 * they end and made again. Every step looks at the present state first and may be done twice.
 */
final class ClusterSuspension {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final int PAGE = 500;

  private final ApiClient client;
  private final KeptPods kept;
  private final PausedJobs jobs;
  private final Clock clock;

  ClusterSuspension(ApiClient client, KeptPods kept, Clock clock) {
    this.client = client;
    this.kept = kept;
    this.jobs = new PausedJobs(client);
    this.clock = clock;
  }

  /**
   * Ends all that runs.
   *
   * @return how many pods have not ended yet
   * @throws StatusException if the API refuses
   */
  int stop(String cluster) {
    jobs.pause(cluster);
    int running = 0;
    String token = "";
    do {
      ListOptions page = new ListOptions("", "spec.nodeName!=", PAGE, token, "", "");
      ObjectList pods = client.list(ResourceScope.cluster(PODS, cluster), page).orThrow();
      for (ApiObject pod : pods.items()) {
        running += stop(pod) ? 0 : 1;
      }
      token = pods.continueToken();
    } while (!token.isEmpty());
    return running;
  }

  /** Asks a pod to end; true if it has. */
  private boolean stop(ApiObject pod) {
    String phase = pod.tree().path("status").path("phase").asString("");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return true;
    }
    boolean bare = pod.meta().controller().isEmpty();
    boolean ask = !pod.meta().deleting() && !jobs.endsItself(pod);
    if (ask && (!bare || kept.keep(pod))) {
      pass(client.patch(pod.key(), "status", disruption(pod)));
      pass(client.delete(pod.key(), DeleteOptions.ofUid(pod.meta().uid())));
    }
    return false;
  }

  private Patch disruption(ApiObject pod) {
    ObjectNode tree = Json.object();
    tree.putObject("metadata").put("uid", pod.meta().uid());
    tree.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "DisruptionTarget")
        .put("status", "True")
        .put("reason", "TenantSuspended")
        .put("message", "Tenant " + pod.cluster() + " is suspended")
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return Patch.strategic(tree);
  }

  /**
   * Brings back what {@link #stop} has ended.
   *
   * @return what is still missing, and why; empty if all is there
   * @throws StatusException if the API refuses
   */
  Optional<String> resume(String cluster) {
    jobs.resume(cluster);
    Optional<String> missing = Optional.empty();
    for (KeptPods.Kept pod : kept.of(cluster)) {
      Optional<String> problem = bring(pod);
      missing = missing.or(() -> problem);
    }
    return missing;
  }

  /** A pod of that name that somebody made since stays as it is. */
  private Optional<String> bring(KeptPods.Kept pod) {
    String name = pod.pod().namespace() + "/" + pod.pod().name();
    Optional<ApiObject> present = client.get(pod.pod()).orAbsent();
    if (present.isPresent()) {
      boolean ending =
          present.get().meta().uid().equals(pod.uid()) && present.get().meta().deleting();
      if (!ending) {
        kept.drop(pod);
      }
      return ending ? Optional.of("pod " + name + " has not ended yet") : Optional.empty();
    }
    ResourceScope place = ResourceScope.namespace(PODS, pod.pod().cluster(), pod.pod().namespace());
    return switch (client.create(place, pod.manifest())) {
      case ApiResult.Ok<ApiObject> made -> {
        kept.drop(pod);
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND -> {
        kept.drop(pod); // its namespace is gone
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status status) ->
          Optional.of("pod " + name + " cannot be made again: " + status.message());
    };
  }

  /** Forgets what was kept of a cluster that is gone. */
  void forget(String cluster) {
    kept.of(cluster).forEach(kept::drop);
  }

  /** Gone or changed in the meantime is as good; the next round sees. */
  private static void pass(ApiResult<ApiObject> result) {
    if (result instanceof ApiResult.Refused<ApiObject> refused
        && refused.status().reason() != Reason.NOT_FOUND
        && refused.status().reason() != Reason.CONFLICT) {
      throw new StatusException(refused.status());
    }
  }
}
