package dev.argosy.scheduler;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.leader.LeaderElection;
import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.extender.Extenders;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.volume.PodClaims;
import dev.argosy.scheduler.whatif.QueryDesk;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler at work: informers feed the loop, which begins when they are complete. */
final class SchedulerTerm implements LeaderElection.Term {

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerTerm.class);

  private final Informers informers;
  private final EventRecorder events;
  private final ExtenderCalls extending;
  private final Calls calls;
  private final SchedulerLoop loop;
  private final QueryDesk desk;
  private final Thread thread;
  private volatile boolean closed;

  SchedulerTerm(
      ApiClients clients, Configuration configuration, Timers timers, RandomGenerator ties) {
    Extenders extenders = new Extenders(configuration.extenders());
    ApiClient client = clients.as(UserInfo.system("kube-scheduler"));
    this.informers = new Informers(client);
    this.events = new EventRecorder(client, PodView.SCHEDULER, "", timers.clock());
    PodClaims claims = new PodClaims(client, informers);
    this.extending = new ExtenderCalls(extenders, client);
    Rules rules = new Rules(configuration.profiles(), extending);
    this.calls = new Calls(client, claims, events, extending, timers.clock());
    Informer<PoolGrants.Grant> tenants = informers.of(PoolGrants.SPEC);
    PoolGrants grants = new PoolGrants(tenants);
    this.loop = new SchedulerLoop(rules, grants, claims, calls, timers, ties);
    Feeds.connect(informers, tenants, loop);
    Shadows shadows =
        new Shadows(rules, loop, informers, grants, claims, RandomGenerator.getDefault());
    this.desk = new QueryDesk(client, informers, shadows, timers);
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
    return calls.running();
  }

  /** Questions to extenders that are on their way, and bindings by them. */
  int questions() {
    return extending.running();
  }

  /** Whether the scheduler's thread has done all there was to do and waits to be told more. */
  boolean idle() {
    return waits() && loop.knowsAll() && waits();
  }

  private boolean waits() {
    return thread.getState() == Thread.State.WAITING;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    desk.close();
    extending.close();
    calls.close();
    informers.close();
    events.close();
  }
}
