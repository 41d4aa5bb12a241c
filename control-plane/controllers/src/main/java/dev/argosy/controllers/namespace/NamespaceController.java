package dev.argosy.controllers.namespace;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes everything in a terminating namespace, pods first, also what other API servers of the
 * cluster hold there, and when nothing is left takes away the finalizer {@code kubernetes}. Says in
 * the namespace's conditions what is still there.
 */
public final class NamespaceController implements Reconciler {

  /** So many objects are deleted before it is the turn of other namespaces. */
  static final int TURN = 500;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final String FINALIZER = "kubernetes";

  private final ApiClient client;
  private final Function<String, List<GroupResource>> namespaced;
  private final RemoteResources remote;
  private final ControllerContext context;

  private NamespaceController(
      ControllerContext context,
      Function<String, List<GroupResource>> namespaced,
      RemoteResources remote) {
    this.context = context;
    this.client = context.client("namespace-controller");
    this.namespaced = namespaced;
    this.remote = remote;
  }

  /**
   * @param namespaced every stored resource of a cluster whose objects live in namespaces
   */
  public static ControllerLoop create(
      ControllerContext context,
      Function<String, List<GroupResource>> namespaced,
      RemoteResources remote) {
    KeyQueue queue = context.queue();
    context
        .informer(NamespaceView.EVERYWHERE)
        .onChange(namespace -> {
          if (namespace.terminating()) {
            queue.add(namespace.key());
          }
        });
    return new ControllerLoop(
        "namespace", queue, new NamespaceController(context, namespaced, remote), 8);
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<ApiObject> found = client.get(key).orAbsent();
    if (found.isEmpty() || !found.get().meta().deleting()) {
      return Outcome.DONE;
    }
    Leftovers left = empty(key);
    if (left.deleted() >= TURN) {
      return Outcome.requeueAfter(Duration.ZERO);
    }
    ApiObject told = report(found.get(), left);
    return left.none() ? finish(told) : Outcome.requeueAfter(pause(found.get()));
  }

  /**
   * A tenth of the time that it has lasted already: what hangs on a finalizer that nobody takes
   * away may hang for ever.
   */
  private Duration pause(ApiObject namespace) {
    Instant since = Optional.ofNullable(namespace.meta().deletionTimestamp()).orElse(context.now());
    Duration tenth = Duration.between(since, context.now()).dividedBy(10);
    Duration pause = tenth.compareTo(LONGEST) < 0 ? tenth : LONGEST;
    return pause.compareTo(SHORTEST) > 0 ? pause : SHORTEST;
  }

  /** What is still there after asking for the deletion of all of it. */
  private Leftovers empty(ObjectKey namespace) {
    Leftovers left = new Leftovers();
    empty(namespace, Kinds.PODS, left);
    if (!left.none()) {
      return left;
    }
    for (GroupResource resource : namespaced.apply(namespace.cluster())) {
      if (!resource.equals(Kinds.PODS) && left.deleted() < TURN) {
        empty(namespace, resource, left);
      }
    }
    RemoteResources.Served others = remote.of(namespace.cluster());
    others.namespaced().forEach(resource -> empty(namespace, resource, left));
    others.unheard().forEach(left::unheard);
    return left;
  }

  private void empty(ObjectKey namespace, GroupResource resource, Leftovers left) {
    ResourceScope scope = ResourceScope.namespace(resource, namespace.cluster(), namespace.name());
    switch (client.list(scope, ListOptions.EVERYTHING)) {
      case ApiResult.Ok<ObjectList>(ObjectList page) ->
          page.items().stream()
              .takeWhile(object -> left.deleted() < TURN)
              .forEach(object -> remove(object, resource, left));
      case ApiResult.Refused<ObjectList>(Status status) when notThere(status) -> {}
      case ApiResult.Refused<ObjectList>(Status status) -> left.failed(status.message());
    }
  }

  private static boolean notThere(Status status) {
    return status.reason() == Reason.NOT_FOUND || status.reason() == Reason.METHOD_NOT_ALLOWED;
  }

  private void remove(ApiObject object, GroupResource resource, Leftovers left) {
    if (!object.meta().deleting()) {
      left.countDeleted();
      ApiResult<ApiObject> result =
          client.delete(
              object.key(), new DeleteOptions(null, "Background", object.meta().uid(), null));
      if (result.refusedFor(Reason.NOT_FOUND)) {
        return;
      }
      if (result instanceof ApiResult.Refused<ApiObject>(Status status)) {
        left.failed(status.message());
      }
      if (client.get(object.key()).refusedFor(Reason.NOT_FOUND)) {
        return;
      }
    }
    left.add(resource, object.meta().finalizers());
  }

  /** The namespace with what is told of it: nothing if it goes at the first try. */
  private ApiObject report(ApiObject namespace, Leftovers left) {
    List<Condition> before = Condition.read(namespace.tree().path("status"));
    List<Condition> after = NamespaceConditions.after(before, left, context.now().toString());
    if (after.equals(before) || (left.none() && before.isEmpty())) {
      return namespace;
    }
    ObjectNode tree = namespace.tree();
    Condition.write(tree.withObject("/status").putArray("conditions"), after);
    return client.updateStatus(namespace.key(), tree).orAbsent().orElse(namespace);
  }

  private Outcome finish(ApiObject namespace) {
    ObjectNode tree = namespace.tree();
    ArrayNode kept = Json.mapper().createArrayNode();
    tree.path("spec")
        .path("finalizers")
        .forEach(finalizer -> {
          if (!finalizer.asString("").equals(FINALIZER)) {
            kept.add(finalizer);
          }
        });
    tree.withObject("/spec").set("finalizers", kept);
    return switch (client.update(namespace.key(), "finalize", tree)) {
      case ApiResult.Ok<ApiObject> ok -> Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND ->
          Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) -> Outcome.of(status);
    };
  }
}
