package dev.argosy.controllers;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.leader.LeaderElection;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.time.Timers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs all controllers while this process is their leader (lease {@code argosy-controllers} in
 * root's {@code kube-system}); what they write is kept only until the next term begins. Start it
 * once the API answers; it bears with an API that does not.
 */
public final class ControllerManager implements AutoCloseable {

  private final LeaderElection election;
  private volatile @Nullable ControllerTerm term;

  public ControllerManager(ApiClients clients, ControllerConfig config, Timers timers) {
    this(clients, config, timers, Metrics.none());
  }

  /** Controllers that are measured. */
  public ControllerManager(
      ApiClients clients, ControllerConfig config, Timers timers, Metrics metrics) {
    metrics.gauge("workqueue_depth", "Keys that wait.", List.of("name"), this::depths);
    this.election =
        new LeaderElection(
            clients.as(UserInfo.system("controller:leader-election")),
            "argosy-controllers",
            config.identity(),
            config.timing(),
            timers,
            fence -> begin(new ControllerTerm(clients.behind(fence), config, timers, metrics)));
  }

  private LeaderElection.Term begin(ControllerTerm begun) {
    term = begun;
    return begun;
  }

  private List<Metrics.Reading> depths() {
    ControllerTerm current = term;
    return current == null || !leading() ? List.of() : current.depths();
  }

  /** Begins to run for leader. */
  public void start() {
    election.start();
  }

  public boolean leading() {
    return election.leading();
  }

  /** Stops all controllers and gives the lease back. */
  @Override
  public void close() {
    election.close();
  }
}
