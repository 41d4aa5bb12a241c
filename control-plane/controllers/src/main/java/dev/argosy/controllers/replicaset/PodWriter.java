package dev.argosy.controllers.replicaset;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes and deletes the pods of a plan; each kind of write in batches that run at once. */
final class PodWriter {

  private final ApiClient client;
  private final Informer<PodView> pods;
  private final OwnWrites writes;
  private final EventRecorder events;

  PodWriter(ApiClient client, Informer<PodView> pods, OwnWrites writes, EventRecorder events) {
    this.client = client;
    this.pods = pods;
    this.writes = writes;
    this.events = events;
  }

  /**
   * Makes pods in batches of 1, 2, 4…: if the first cannot be made, the rest is not tried.
   *
   * @return the first refusal
   */
  Optional<Status> create(ReplicaSetView set, int count) throws InterruptedException {
    int left = count;
    for (int batch = 1; left > 0; batch *= 2) {
      int now = Math.min(batch, left);
      List<ApiResult<ApiObject>> results =
          all(Collections.nCopies(now, () -> client.create(scope(set), pod(set))));
      Optional<Status> refusal = Optional.empty();
      for (ApiResult<ApiObject> result : results) {
        refusal = refusal.or(() -> created(set, result));
      }
      if (refusal.isPresent()) {
        return refusal;
      }
      left -= now;
    }
    return Optional.empty();
  }

  private Optional<Status> created(ReplicaSetView set, ApiResult<ApiObject> result) {
    return switch (result) {
      case ApiResult.Ok<ApiObject>(ApiObject pod) -> {
        writes.expect(set.key(), pods, pod);
        events.normal(subject(set), "SuccessfulCreate", "Created pod: " + pod.name());
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status status) -> {
        if (!namespaceEnds(status)) {
          events.warning(subject(set), "FailedCreate", "Error creating: " + status.message());
        }
        yield Optional.of(status);
      }
    };
  }

  private static boolean namespaceEnds(Status status) {
    return status.reason() == Reason.FORBIDDEN
        && status.message().contains("because it is being terminated");
  }

  /** Deletes the pods; answers the first refusal. */
  Optional<Status> delete(ReplicaSetView set, List<PodView> victims) throws InterruptedException {
    List<Callable<ApiResult<ApiObject>>> calls = new ArrayList<>();
    for (PodView pod : victims) {
      calls.add(() -> client.delete(pod.key(), DeleteOptions.ofUid(pod.uid())));
    }
    List<ApiResult<ApiObject>> results = all(calls);
    Optional<Status> refusal = Optional.empty();
    for (int i = 0; i < results.size(); i++) {
      ApiResult<ApiObject> result = results.get(i);
      PodView pod = victims.get(i);
      refusal = refusal.or(() -> deleted(set, pod, result));
    }
    return refusal;
  }

  private Optional<Status> deleted(ReplicaSetView set, PodView pod, ApiResult<ApiObject> result) {
    if (result instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.NOT_FOUND
        && status.reason() != Reason.CONFLICT) {
      events.warning(
          subject(set),
          "FailedDelete",
          "Error deleting pod " + pod.name() + ": " + status.message());
      return Optional.of(status);
    }
    ObjectKey key = pod.key();
    writes.expect(
        set.key(),
        pods,
        () -> pods.get(key).filter(p -> p.uid().equals(pod.uid()) && !p.deleting()).isEmpty());
    if (result instanceof ApiResult.Ok) {
      events.normal(subject(set), "SuccessfulDelete", "Deleted pod: " + pod.name());
    }
    return Optional.empty();
  }

  private static List<ApiResult<ApiObject>> all(List<Callable<ApiResult<ApiObject>>> calls)
      throws InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<ApiResult<ApiObject>> results = new ArrayList<>();
      for (Future<ApiResult<ApiObject>> future : executor.invokeAll(calls)) {
        results.add(result(future));
      }
      return results;
    }
  }

  private static ApiResult<ApiObject> result(Future<ApiResult<ApiObject>> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      return ApiResult.refused(Status.of(Reason.INTERNAL_ERROR, String.valueOf(e.getCause())));
    }
  }

  private static ResourceScope scope(ReplicaSetView set) {
    return ResourceScope.namespace(Kinds.PODS, set.key().cluster(), set.key().namespace());
  }

  static ObjectNode pod(ReplicaSetView set) {
    ObjectNode template = set.template();
    ObjectNode pod =
        Owned.newObject(
            "v1", "Pod", set.key().namespace(), Owned.by("apps/v1", "ReplicaSet", set.object()));
    ObjectNode meta = pod.withObject("/metadata");
    meta.put("generateName", set.name() + "-");
    for (String field : List.of("labels", "annotations", "finalizers")) {
      JsonNode value = template.path("metadata").get(field);
      if (value != null) {
        meta.set(field, value);
      }
    }
    pod.set("spec", template.withObject("/spec"));
    return pod;
  }

  private static Subject subject(ReplicaSetView set) {
    return Subject.of("apps/v1", "ReplicaSet", set.object());
  }
}
