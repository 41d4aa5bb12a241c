package dev.argosy.scheduler;

import dev.argosy.model.informer.Informers;
import dev.argosy.model.node.PoolGrants;
import dev.argosy.scheduler.extender.Heard;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Budget;
import dev.argosy.scheduler.share.Guarantees;
import dev.argosy.scheduler.share.QuotaView;
import dev.argosy.scheduler.topology.Services.Service;
import dev.argosy.scheduler.volume.PodClaims;
import dev.argosy.scheduler.whatif.QueryDesk;
import dev.argosy.scheduler.whatif.Stage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Makes shadows: asks the scheduler's thread for a moment, and informers for the rest. */
final class Shadows implements QueryDesk.Stages {

  private final Rules rules;
  private final SchedulerLoop loop;
  private final Informers informers;
  private final PoolGrants grants;
  private final PodClaims claims;
  private final RandomGenerator ties;

  Shadows(
      Rules rules,
      SchedulerLoop loop,
      Informers informers,
      PoolGrants grants,
      PodClaims claims,
      RandomGenerator ties) {
    this.rules = rules;
    this.loop = loop;
    this.informers = informers;
    this.grants = grants;
    this.claims = claims;
    this.ties = ties;
  }

  /** None before the scheduler has seen everything: a part of the nodes would be no answer. */
  @Override
  public CompletableFuture<Stage> now() {
    return loop.begun()
        .thenCompose(begun -> moment().thenApplyAsync(this::shadow, Thread::startVirtualThread));
  }

  private CompletableFuture<Moment> moment() {
    CompletableFuture<Moment> moment = new CompletableFuture<>();
    loop.tell(scheduling -> {
      try {
        moment.complete(scheduling.moment());
      } catch (RuntimeException e) {
        moment.completeExceptionally(e);
      }
    });
    return moment;
  }

  private Stage shadow(Moment moment) {
    Shadow shadow = new Shadow(rules.profiles(), moment, grants::allows, claims::needs, ties);
    informers.of(Service.EVERYWHERE).all().forEach(shadow.services()::put);
    informers.of(Budget.EVERYWHERE).all().forEach(shadow.budgets()::put);
    Guarantees guarantees = shadow.state().shares().guarantees();
    informers.of(QuotaView.ALL).all().forEach(guarantees::put);
    informers.of(PoolGrants.SPEC).all().forEach(guarantees::put);
    informers
        .of(Feeds.Namespace.EVERYWHERE)
        .all()
        .forEach(
            n -> shadow.state().census().namespace(n.key().cluster(), n.key().name(), n.labels()));
    return shadow;
  }

  @Override
  public boolean asksOthers(PodView pod) {
    return rules.calls().concern(pod);
  }

  @Override
  public Heard ask(PodView pod, JsonNode shown, List<String> nodes) throws InterruptedException {
    return rules.calls().suppose(pod, shown, nodes);
  }

  @Override
  public boolean suspended(String cluster) {
    return grants.suspended(cluster);
  }
}
