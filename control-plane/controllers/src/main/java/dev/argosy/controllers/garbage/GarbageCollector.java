package dev.argosy.controllers.garbage;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.CustomTypes;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes objects whose owners are all gone (the Kubernetes page "Garbage Collection"): background,
 * foreground with blockOwnerDeletion, orphaning. Cluster-scoped objects cannot be owned by
 * namespaced ones: such references are left alone and told. Keys are objects of any kind.
 */
public final class GarbageCollector implements Reconciler {

  private final ApiClient client;
  private final EventRecorder events;
  private final OwnerGraph graph;
  private final Owners.Finder finder;
  private final KeyQueue queue;

  private GarbageCollector(ControllerContext context, OwnerGraph graph, KeyQueue queue) {
    this.client = context.client("generic-garbage-collector");
    this.events = context.events("garbage-collector-controller");
    this.graph = graph;
    this.finder = new Owners.Finder(client, graph);
    this.queue = queue;
  }

  /**
   * @param types every stored resource in its preferred version
   * @param custom what clusters have besides
   */
  public static ControllerLoop create(
      ControllerContext context, List<ResourceType> types, CustomTypes custom) {
    KeyQueue queue = context.queue();
    List<ResourceType> collected =
        types.stream()
            .filter(t -> t.verbs().containsAll(List.of("delete", "list", "watch")))
            .filter(t -> !t.resource().equals(Kinds.EVENTS.resource()))
            .toList();
    OwnerGraph graph = new OwnerGraph(context, collected, custom);
    GarbageCollector collector = new GarbageCollector(context, graph, queue);
    graph.addHandler(collector.new Handler());
    return new ControllerLoop("garbage-collector", queue, collector, 16);
  }

  private final class Handler implements InformerHandler<Dependent> {
    @Override
    public void added(Dependent value) {
      if (value.interesting()) {
        queue.add(value.key());
      }
    }

    @Override
    public void updated(Dependent old, Dependent value) {
      if (value.interesting()) {
        queue.add(value.key());
      }
      if (!old.owners().equals(value.owners())) {
        wakeOwners(old);
      }
    }

    @Override
    public void deleted(Dependent last) {
      graph.dependents(last.uid()).forEach(dependent -> queue.add(dependent.key()));
      wakeOwners(last);
    }

    /** Owners in foreground deletion wait for this one. */
    private void wakeOwners(Dependent dependent) {
      for (OwnerReference owner : dependent.owners()) {
        graph
            .type(dependent.key().cluster(), owner)
            .flatMap(type -> graph.byUid(type.resource(), owner.uid()))
            .filter(Dependent::deleting)
            .ifPresent(found -> queue.add(found.key()));
      }
    }
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<Dependent> found = graph.get(key);
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    Dependent object = found.get();
    if (object.deleting()) {
      return object.orphaning()
          ? orphan(object)
          : object.foreground() ? foreground(object) : Outcome.DONE;
    }
    return object.owners().isEmpty() ? Outcome.DONE : collect(object);
  }

  /** Sets all dependents free, then lets the owner go. */
  private Outcome orphan(Dependent owner) {
    for (Dependent dependent : graph.dependents(owner.uid())) {
      if (dependent.key().cluster().equals(owner.key().cluster())) {
        Outcome outcome = withoutOwners(dependent.key(), o -> o.uid().equals(owner.uid()));
        if (!outcome.equals(Outcome.DONE)) {
          return outcome;
        }
      }
    }
    return withoutFinalizer(owner.key(), Dependent.ORPHAN);
  }

  /** Lets the owner go when no dependent that blocks is left; else has them deleted. */
  private Outcome foreground(Dependent owner) {
    List<Dependent> dependents = graph.dependents(owner.uid());
    if (dependents.stream().noneMatch(d -> d.blocks(owner.uid()))) {
      return withoutFinalizer(owner.key(), Dependent.FOREGROUND);
    }
    dependents.stream().filter(d -> !d.deleting()).forEach(d -> queue.add(d.key()));
    return Outcome.DONE;
  }

  private Outcome collect(Dependent object) {
    Owners owners = finder.of(object);
    if (!owners.unclear().isEmpty()) {
      tellUnclear(object, owners.unclear());
      return Outcome.DONE;
    }
    List<String> gone =
        Stream.concat(owners.dangling().stream(), owners.waiting().stream())
            .map(OwnerReference::uid)
            .toList();
    if (gone.isEmpty()) {
      return Outcome.DONE;
    }
    if (!owners.solid().isEmpty()) {
      return withoutOwners(object.key(), o -> gone.contains(o.uid()));
    }
    boolean foreground =
        object.foreground()
            || (!owners.waiting().isEmpty() && !graph.dependents(object.uid()).isEmpty());
    String propagation = object.orphaning() ? "Orphan" : foreground ? "Foreground" : "Background";
    ApiResult<ApiObject> result =
        client.delete(object.key(), new DeleteOptions(null, propagation, object.uid(), null));
    return outcome(result);
  }

  private void tellUnclear(Dependent object, List<OwnerReference> unclear) {
    for (OwnerReference owner : unclear) {
      if (graph.type(object.key().cluster(), owner).isPresent()) {
        events.warning(
            new Subject(
                object.key().cluster(),
                "",
                "",
                object.key().namespace(),
                object.key().name(),
                object.uid(),
                "",
                ""),
            "OwnerRefInvalidNamespace",
            "ownerRef [%s/%s, namespace: , name: %s, uid: %s] does not exist in namespace \"%s\""
                .formatted(
                    owner.apiVersion(),
                    owner.kind(),
                    owner.name(),
                    owner.uid(),
                    object.key().namespace()));
      }
    }
  }

  private Outcome withoutOwners(ObjectKey key, Predicate<OwnerReference> unwanted) {
    Optional<ApiObject> found = client.get(key).orAbsent();
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    List<String> remove =
        found.get().meta().ownerReferences().stream()
            .filter(unwanted)
            .map(OwnerReference::uid)
            .toList();
    return remove.isEmpty()
        ? Outcome.DONE
        : without(found.get(), "ownerReferences", node -> remove.contains(text(node, "uid")));
  }

  private Outcome withoutFinalizer(ObjectKey key, String finalizer) {
    Optional<ApiObject> found = client.get(key).orAbsent();
    return found.isEmpty() || !found.get().meta().finalizers().contains(finalizer)
        ? Outcome.DONE
        : without(found.get(), "finalizers", node -> node.asString("").equals(finalizer));
  }

  /** Writes the object without some entries of a list in its metadata, if it has not changed. */
  private Outcome without(ApiObject object, String list, Predicate<JsonNode> unwanted) {
    ObjectNode meta = object.tree().withObject("/metadata");
    ArrayNode kept = Json.mapper().createArrayNode();
    meta.path(list)
        .forEach(entry -> {
          if (!unwanted.test(entry)) {
            kept.add(entry);
          }
        });
    ObjectNode patch = Json.object();
    ObjectNode change = patch.putObject("metadata");
    change.put("uid", object.meta().uid());
    change.put("resourceVersion", Long.toString(object.revision()));
    change.set(list, kept);
    return outcome(client.patch(object.key(), "", Patch.merge(patch)));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static Outcome outcome(ApiResult<ApiObject> result) {
    return result instanceof ApiResult.Refused<ApiObject>(Status status)
            && status.reason() != Reason.NOT_FOUND
        ? Outcome.of(status)
        : Outcome.DONE;
  }
}
