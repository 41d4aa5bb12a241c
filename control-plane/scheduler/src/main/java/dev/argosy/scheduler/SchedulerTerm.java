package dev.argosy.scheduler;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.leader.LeaderElection;
import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.volume.ClaimNode;
import dev.argosy.scheduler.volume.PodClaims;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler at work: informers feed the loop, which begins when they are complete. */
final class SchedulerTerm implements LeaderElection.Term {

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerTerm.class);

  private final Informers informers;
  private final EventRecorder events;
  private final Binder binder;
  private final SchedulerLoop loop;
  private final Thread thread;
  private volatile boolean closed;

  SchedulerTerm(ApiClients clients, Timers timers, RandomGenerator ties) {
    ApiClient client = clients.as(UserInfo.system("kube-scheduler"));
    this.informers = new Informers(client);
    this.events = new EventRecorder(client, PodView.SCHEDULER, "", timers.clock());
    PodClaims claims = new PodClaims(client, informers.of(ClaimNode.EVERYWHERE));
    this.binder = new Binder(client, claims, events, timers.clock());
    Informer<PoolGrants.Grant> tenants = informers.of(PoolGrants.SPEC);
    this.loop = new SchedulerLoop(new PoolGrants(tenants), claims, binder, timers, ties);
    tenants.addHandler(new Tenants(loop));
    informers.of(NodeView.ALL).addHandler(new Nodes(loop));
    informers.of(PodView.EVERYWHERE).addHandler(new Pods(loop));
    this.thread = Thread.ofPlatform().daemon().name("scheduler").start(this::run);
  }

  private void run() {
    try {
      if (informers.awaitSynced(() -> closed)) {
        LOG.info("the scheduler runs");
        loop.run();
      }
    } catch (InterruptedException e) {
      LOG.info("the scheduler was stopped before it began");
    }
  }

  /** Calls to the API that are on their way. */
  int bindings() {
    return binder.running();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    binder.close();
    informers.close();
    events.close();
  }

  /** Most changes of tenants are of their status, which changes nothing here. */
  private record Tenants(SchedulerLoop loop) implements InformerHandler<PoolGrants.Grant> {
    @Override
    public void added(PoolGrants.Grant grant) {
      loop.tenantsChanged();
    }

    @Override
    public void updated(PoolGrants.Grant old, PoolGrants.Grant grant) {
      if (!old.equals(grant)) {
        loop.tenantsChanged();
      }
    }

    @Override
    public void deleted(PoolGrants.Grant grant) {
      loop.tenantsChanged();
    }
  }

  private record Nodes(SchedulerLoop loop) implements InformerHandler<NodeView> {
    @Override
    public void added(NodeView node) {
      loop.node(node);
    }

    @Override
    public void updated(NodeView old, NodeView node) {
      if (!old.equals(node)) {
        loop.node(node);
      }
    }

    @Override
    public void deleted(NodeView node) {
      loop.nodeGone(node.name());
    }
  }

  private record Pods(SchedulerLoop loop) implements InformerHandler<PodView> {
    @Override
    public void added(PodView pod) {
      loop.pod(pod);
    }

    @Override
    public void updated(PodView old, PodView pod) {
      if (!old.uid().equals(pod.uid())) {
        loop.podGone(old.key());
      }
      if (!takesTheSame(old, pod)) {
        loop.pod(pod);
      }
    }

    /** Most updates are of running pods' status, which changes nothing here. */
    private static boolean takesTheSame(PodView old, PodView pod) {
      return !pod.node().isEmpty()
          && old.uid().equals(pod.uid())
          && old.node().equals(pod.node())
          && old.ended() == pod.ended()
          && old.demand().equals(pod.demand());
    }

    @Override
    public void deleted(PodView pod) {
      loop.podGone(pod.key());
    }
  }
}
