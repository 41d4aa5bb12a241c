package dev.argosy.scheduler;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.leader.LeaderElection;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.configuration.Configuration;
import java.util.random.RandomGenerator;

/**
 * Schedules while this process is leader (lease {@code argosy-scheduler} in root's {@code
 * kube-system}). Start it once the API answers; it bears with an API that does not. Acts as {@code
 * system:kube-scheduler}.
 */
public final class SchedulerService implements AutoCloseable {

  private final SchedulerTerms terms = new SchedulerTerms();
  private final LeaderElection election;

  public SchedulerService(ApiClients clients, SchedulerConfig config, Timers timers) {
    this.election =
        new LeaderElection(
            clients.as(UserInfo.system("kube-scheduler")),
            "argosy-scheduler",
            config.identity(),
            config.timing(),
            timers,
            fence ->
                terms.begin(configuration ->
                    new SchedulerTerm(
                        clients.behind(fence),
                        configuration,
                        timers,
                        RandomGenerator.getDefault())));
  }

  /**
   * What holds from now on. A scheduler at work begins anew with it, which takes as long as to read
   * all pods.
   */
  public void configure(Configuration configuration) {
    terms.configure(configuration);
  }

  /** Begins to run for leader. */
  public void start() {
    election.start();
  }

  public boolean leading() {
    return election.leading();
  }

  /** Stops scheduling and gives the lease back. */
  @Override
  public void close() {
    election.close();
  }
}
