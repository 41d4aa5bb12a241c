package dev.argosy.scheduler;

import dev.argosy.model.leader.LeaderElection;
import dev.argosy.scheduler.configuration.Configuration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * The terms of a leader, which begin anew when the scheduler is configured otherwise: as with
 * another leader, everything is found again in the store. Any thread.
 */
final class SchedulerTerms {

  private final Set<Renewed> open = new HashSet<>();
  private Configuration configuration = Configuration.DEFAULT;

  /** A term that is over when it is closed, and until then renewed. */
  private final class Renewed implements LeaderElection.Term {
    private final Function<Configuration, ? extends LeaderElection.Term> begin;
    private LeaderElection.Term now;

    Renewed(Function<Configuration, ? extends LeaderElection.Term> begin) {
      this.begin = begin;
      this.now = begin.apply(configuration);
    }

    void renew() {
      now.close();
      now = begin.apply(configuration);
    }

    @Override
    public void close() {
      synchronized (SchedulerTerms.this) {
        open.remove(this);
        now.close();
      }
    }
  }

  synchronized LeaderElection.Term begin(
      Function<Configuration, ? extends LeaderElection.Term> begin) {
    Renewed term = new Renewed(begin);
    open.add(term);
    return term;
  }

  /**
   * Holds from now on.
   *
   * @throws RuntimeException what the beginning of a term throws; then it goes on as before
   */
  synchronized void configure(Configuration changed) {
    Configuration before = configuration;
    configuration = changed;
    try {
      open.forEach(Renewed::renew);
    } catch (RuntimeException e) {
      configuration = before;
      open.forEach(Renewed::renew);
      throw e;
    }
  }
}
