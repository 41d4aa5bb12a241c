package dev.argosy.controllers;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.leader.LeaderElection;
import dev.argosy.model.time.Timers;

/**
 * Runs all controllers while this process is their leader (lease {@code argosy-controllers} in
 * root's {@code kube-system}). Start it once the API answers; it bears with an API that does not.
 */
public final class ControllerManager implements AutoCloseable {

  private final LeaderElection election;

  public ControllerManager(ApiClients clients, ControllerConfig config, Timers timers) {
    this.election =
        new LeaderElection(
            clients.as(UserInfo.system("controller:leader-election")),
            "argosy-controllers",
            config.identity(),
            config.timing(),
            timers,
            () -> new ControllerTerm(clients, config, timers));
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
