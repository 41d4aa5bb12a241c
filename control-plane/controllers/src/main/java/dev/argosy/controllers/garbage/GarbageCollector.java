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
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
  private final Releases releases;
  private final PresentDependents present;
  private final KeyQueue queue;

  private GarbageCollector(ControllerContext context, OwnerGraph graph, KeyQueue queue) {
    this.client = context.client("generic-garbage-collector");
    this.events = context.events("garbage-collector-controller");
    this.graph = graph;
    this.finder = new Owners.Finder(client, graph);
    this.releases = new Releases(client);
    this.present = new PresentDependents(client, graph);
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

  /**
   * Sets all dependents free, then lets the owner go. The graph may not know the youngest of them
   * yet, and one that is overlooked here would be deleted as soon as it is known: so the API is
   * asked.
   */
  private Outcome orphan(Dependent owner) {
    return switch (present.of(owner)) {
      case ApiResult.Ok<List<ObjectKey>>(List<ObjectKey> dependents) -> orphan(owner, dependents);
      case ApiResult.Refused<List<ObjectKey>>(Status status) -> Outcome.of(status);
    };
  }

  private Outcome orphan(Dependent owner, List<ObjectKey> dependents) {
    for (ObjectKey dependent : dependents) {
      Outcome outcome = releases.fromOwners(dependent, owner.uid()::equals);
      if (!outcome.equals(Outcome.DONE)) {
        return outcome;
      }
    }
    return releases.fromFinalizer(owner.key(), Dependent.ORPHAN);
  }

  /** Lets the owner go when no dependent that blocks is left; else has them deleted. */
  private Outcome foreground(Dependent owner) {
    List<Dependent> dependents = graph.dependents(owner.uid());
    if (dependents.stream().noneMatch(d -> d.blocks(owner.uid()))) {
      return releases.fromFinalizer(owner.key(), Dependent.FOREGROUND);
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
      return releases.fromOwners(object.key(), gone::contains);
    }
    return owners.waiting().isEmpty() ? delete(object, object.foreground()) : followOwners(object);
  }

  /**
   * Its owners wait for it, so it goes the same way, with its own dependents first. Where these
   * wait already, owners and dependents form a circle: it is opened here, or nobody would ever go.
   */
  private Outcome followOwners(Dependent object) {
    List<Dependent> dependents = graph.dependents(object.uid());
    if (dependents.stream().anyMatch(Dependent::waitsForDependents)) {
      Outcome unblocked = releases.unblock(object.key());
      if (!unblocked.equals(Outcome.DONE)) {
        return unblocked;
      }
    }
    return delete(object, object.foreground() || !dependents.isEmpty());
  }

  private Outcome delete(Dependent object, boolean foreground) {
    String propagation = object.orphaning() ? "Orphan" : foreground ? "Foreground" : "Background";
    return Releases.outcome(
        client.delete(object.key(), new DeleteOptions(null, propagation, object.uid(), null)));
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
}
