package dev.argosy.scheduler;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Budget;
import dev.argosy.scheduler.share.QuotaView;
import dev.argosy.scheduler.topology.Services.Service;
import dev.argosy.scheduler.volume.ClaimView;
import dev.argosy.scheduler.volume.ClassView;
import dev.argosy.scheduler.volume.CsiNodeView;
import dev.argosy.scheduler.volume.DriverView;
import dev.argosy.scheduler.volume.RoomView;
import dev.argosy.scheduler.volume.VolumeView;
import java.util.Map;
import java.util.function.BiConsumer;

/** Leads to the loop what informers see, as far as it means anything there. */
final class Feeds {

  /** A namespace as the scheduler sees it. */
  record Namespace(ObjectKey key, Map<String, String> labels) {

    static final InformerSpec<Namespace> EVERYWHERE =
        InformerSpec.of(
            ResourceScope.everywhere(new GroupResource("", "namespaces")), Namespace::of);

    static Namespace of(ApiObject namespace) {
      return new Namespace(namespace.key(), namespace.meta().labels());
    }
  }

  private Feeds() {}

  static void connect(Informers informers, Informer<PoolGrants.Grant> tenants, SchedulerLoop loop) {
    tenants.addHandler(new Feed<>(loop, (s, t) -> s.takeTenants(), (s, t) -> s.takeTenants()));
    tenants.addHandler(
        new Feed<>(
            loop,
            (s, t) -> s.takeGuarantees(g -> g.put(t)),
            (s, t) -> s.takeGuarantees(g -> g.remove(t))));
    informers
        .of(QuotaView.ALL)
        .addHandler(
            new Feed<>(
                loop,
                (s, q) -> s.takeGuarantees(g -> g.put(q)),
                (s, q) -> s.takeGuarantees(g -> g.remove(q))));
    informers
        .of(Namespace.EVERYWHERE)
        .addHandler(
            new Feed<>(
                loop,
                (s, n) -> s.takeNamespace(n.key().cluster(), n.key().name(), n.labels()),
                (s, n) -> s.takeNamespace(n.key().cluster(), n.key().name(), Map.of())));
    informers
        .of(NodeView.ALL)
        .addHandler(new Feed<>(loop, Scheduling::takeNode, (s, n) -> s.dropNode(n.name())));
    informers
        .of(Service.EVERYWHERE)
        .addHandler(
            new Feed<>(loop, (s, v) -> s.services().put(v), (s, v) -> s.services().remove(v)));
    informers
        .of(Budget.EVERYWHERE)
        .addHandler(
            new Feed<>(loop, (s, b) -> s.budgets().put(b), (s, b) -> s.budgets().remove(b)));
    informers
        .of(PodGroup.EVERYWHERE)
        .addHandler(new Feed<>(loop, (s, g) -> s.gangs().put(g), (s, g) -> s.gangs().remove(g)));
    informers.of(ClaimView.EVERYWHERE).addHandler(new Feed<>(loop, Feeds::volumes, Feeds::volumes));
    informers
        .of(VolumeView.EVERYWHERE)
        .addHandler(new Feed<>(loop, Feeds::volumes, Feeds::volumes));
    informers.of(CsiNodeView.ALL).addHandler(new Feed<>(loop, Feeds::volumes, Feeds::volumes));
    informers
        .of(DriverView.EVERYWHERE)
        .addHandler(new Feed<>(loop, Feeds::volumes, Feeds::volumes));
    informers.of(RoomView.EVERYWHERE).addHandler(new Feed<>(loop, Feeds::volumes, Feeds::volumes));
    informers.of(ClassView.EVERYWHERE).addHandler(new Feed<>(loop, Feeds::volumes, Feeds::volumes));
    informers.of(PodView.EVERYWHERE).addHandler(new Pods(loop));
  }

  private static void volumes(Scheduling scheduling, Object changed) {
    scheduling.volumesChanged();
  }

  /** Most changes are of what nobody here looks at, and change nothing. */
  private record Feed<T>(
      SchedulerLoop loop, BiConsumer<Scheduling, T> put, BiConsumer<Scheduling, T> remove)
      implements InformerHandler<T> {

    @Override
    public void added(T value) {
      loop.tell(s -> put.accept(s, value));
    }

    @Override
    public void updated(T old, T value) {
      if (!old.equals(value)) {
        added(value);
      }
    }

    @Override
    public void deleted(T last) {
      loop.tell(s -> remove.accept(s, last));
    }
  }

  private record Pods(SchedulerLoop loop) implements InformerHandler<PodView> {
    @Override
    public void added(PodView pod) {
      loop.tell(s -> s.takePod(pod));
    }

    @Override
    public void updated(PodView old, PodView pod) {
      if (!old.uid().equals(pod.uid())) {
        deleted(old);
      }
      if (pod.node().isEmpty() || !old.takesTheSame(pod)) {
        added(pod);
      }
    }

    @Override
    public void deleted(PodView pod) {
      loop.tell(s -> s.dropPod(pod.key()));
    }
  }
}
