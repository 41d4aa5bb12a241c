package dev.argosy.controllers.workload;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Owner;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.node.ObjectNode;

/** Makes and deletes the pods of a plan; each kind of write in batches that run at once. */
public final class PodWriter {

  private final ApiClient client;
  private final Informer<PodView> pods;
  private final OwnWrites writes;
  private final EventRecorder events;

  public PodWriter(
      ApiClient client, Informer<PodView> pods, OwnWrites writes, EventRecorder events) {
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
  public Optional<Status> create(Owner owner, List<ObjectNode> wanted) throws InterruptedException {
    int done = 0;
    for (int batch = 1; done < wanted.size(); batch *= 2) {
      int end = Math.min(done + batch, wanted.size());
      Optional<Status> refusal = createAtOnce(owner, wanted.subList(done, end));
      if (refusal.isPresent()) {
        return refusal;
      }
      done = end;
    }
    return Optional.empty();
  }

  private Optional<Status> createAtOnce(Owner owner, List<ObjectNode> wanted)
      throws InterruptedException {
    List<Callable<ApiResult<ApiObject>>> calls = new ArrayList<>();
    for (ObjectNode pod : wanted) {
      calls.add(() -> client.create(owner.beside(Kinds.PODS), pod));
    }
    Optional<Status> refusal = Optional.empty();
    for (ApiResult<ApiObject> result : all(calls)) {
      Optional<Status> one = created(owner, result);
      refusal = refusal.or(() -> one);
    }
    return refusal;
  }

  private Optional<Status> created(Owner owner, ApiResult<ApiObject> result) {
    return switch (result) {
      case ApiResult.Ok<ApiObject>(ApiObject pod) -> {
        writes.expect(owner.key(), pods, pod);
        events.normal(owner.subject(), "SuccessfulCreate", "Created pod: " + pod.name());
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status status) -> {
        if (!namespaceEnds(status)) {
          events.warning(owner.subject(), "FailedCreate", "Error creating: " + status.message());
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
  public Optional<Status> delete(Owner owner, List<PodView> victims) throws InterruptedException {
    List<Callable<ApiResult<ApiObject>>> calls = new ArrayList<>();
    for (PodView pod : victims) {
      calls.add(() -> client.delete(pod.key(), DeleteOptions.ofUid(pod.uid())));
    }
    List<ApiResult<ApiObject>> results = all(calls);
    Optional<Status> refusal = Optional.empty();
    for (int i = 0; i < results.size(); i++) {
      ApiResult<ApiObject> result = results.get(i);
      PodView pod = victims.get(i);
      Optional<Status> one = deleted(owner, pod, result);
      refusal = refusal.or(() -> one);
    }
    return refusal;
  }

  private Optional<Status> deleted(Owner owner, PodView pod, ApiResult<ApiObject> result) {
    if (result instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.NOT_FOUND
        && status.reason() != Reason.CONFLICT) {
      events.warning(
          owner.subject(),
          "FailedDelete",
          "Error deleting pod " + pod.name() + ": " + status.message());
      return Optional.of(status);
    }
    ObjectKey key = pod.key();
    writes.expect(
        owner.key(),
        pods,
        () -> pods.get(key).filter(p -> p.uid().equals(pod.uid()) && !p.deleting()).isEmpty());
    if (result instanceof ApiResult.Ok) {
      events.normal(owner.subject(), "SuccessfulDelete", "Deleted pod: " + pod.name());
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
}
