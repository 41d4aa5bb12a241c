package dev.argosy.agent.pod.probe;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.ProbeView;
import dev.argosy.model.time.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One probe of one running container. A timer while it waits, a thread only while it asks; guarded
 * by its own lock, which is not held while it asks or tells.
 */
final class Probing {

  /** Who is asked. */
  record Subject(ContainerView view, String id, String podIp) {}

  /** Asks once; answers what is wrong, or nothing if all is well. */
  interface Question {
    Optional<String> ask(ProbeKind kind, ProbeView probe, Subject subject)
        throws InterruptedException;
  }

  /** Hears what the answers come to. */
  interface Hearer {
    /**
     * There were enough equal answers in a row.
     *
     * @return whether to go on asking
     */
    boolean decided(ProbeKind kind, boolean well);

    void failed(ProbeKind kind, String why);

    /** There was one answer. */
    default void answered(ProbeKind kind, boolean well) {}
  }

  private final ProbeKind kind;
  private final ProbeView probe;
  private final Subject subject;
  private final Question question;
  private final Hearer hearer;
  private final Timers timers;
  private final Executor threads;
  private final Beat beat;
  private Run run = Run.NONE;
  private boolean ended;
  private Timers.@Nullable Timer timer;

  Probing(
      ProbeKind kind,
      ProbeView probe,
      Subject subject,
      Beat beat,
      Hearer hearer,
      ProbeMeans means) {
    this.kind = kind;
    this.probe = probe;
    this.subject = subject;
    this.question = means.question();
    this.hearer = hearer;
    this.timers = means.timers();
    this.threads = means.threads();
    this.beat = beat;
  }

  void begin() {
    wait(Duration.between(timers.now(), beat.first()));
  }

  ProbeKind kind() {
    return kind;
  }

  synchronized void end() {
    ended = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private synchronized void wait(Duration pause) {
    if (!ended) {
      timer = timers.after(pause, () -> threads.execute(this::ask));
    }
  }

  private synchronized boolean over() {
    return ended;
  }

  private void ask() {
    if (over()) {
      return;
    }
    try {
      Optional<String> wrong = question.ask(kind, probe, subject);
      if (!over() && heard(wrong)) {
        wait(beat.untilNext(timers.now()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether to go on. */
  private boolean heard(Optional<String> wrong) {
    hearer.answered(kind, wrong.isEmpty());
    wrong.ifPresent(why -> hearer.failed(kind, why));
    Run now;
    synchronized (this) {
      run = run.and(wrong.isEmpty());
      now = run;
    }
    return !now.decides(probe) || hearer.decided(kind, now.well());
  }
}
