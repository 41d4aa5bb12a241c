package dev.argosy.agent.pod.probe;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.ProbeView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.time.Timers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The probes of one pod: begun when a container runs, ended when it does not. */
public final class ContainerProbes implements AutoCloseable {

  private final ProbeMeans means;
  private final ProbeListener listener;
  private final Map<String, Watch> watched = new HashMap<>();
  private boolean onlyReadiness;

  public ContainerProbes(ProbeCall call, Timers timers, ProbeListener listener) {
    this(
        new ProbeMeans(
            (kind, probe, subject) ->
                call.ask(
                    probe,
                    subject.view().tree(),
                    subject.id(),
                    subject.podIp(),
                    what -> listener.warned(subject.view().name(), kind.title(), what)),
            timers,
            task -> Thread.ofVirtual().start(task),
            RandomGenerator.getDefault()),
        listener);
  }

  ContainerProbes(ProbeMeans means, ProbeListener listener) {
    this.means = means;
    this.listener = listener;
  }

  /**
   * Brings the probes to what runs now.
   *
   * @param started ids of containers that are known to have started: they are not asked that again
   * @param nameLabel the label with a container's name
   */
  public synchronized void follow(
      List<ContainerView> containers,
      List<Container> running,
      Set<String> started,
      String podIp,
      String nameLabel) {
    Set<String> present = new HashSet<>();
    for (Container one : running) {
      present.add(one.id());
      if (!watched.containsKey(one.id()) && one.state() instanceof Container.Running(var at, _)) {
        containers.stream()
            .filter(c -> c.name().equals(one.labels().get(nameLabel)))
            .findFirst()
            .ifPresent(view ->
                begin(new Probing.Subject(view, one.id(), podIp), at, started.contains(one.id())));
      }
    }
    List<String> gone = watched.keySet().stream().filter(id -> !present.contains(id)).toList();
    gone.forEach(id -> Optional.ofNullable(watched.remove(id)).ifPresent(Watch::end));
  }

  /**
   * The pod is ending: nothing is restarted any more, but clients still ask whether it is ready.
   */
  public synchronized void onlyReadiness() {
    onlyReadiness = true;
    watched.values().forEach(Watch::onlyReadiness);
  }

  private void begin(Probing.Subject subject, Instant startedAt, boolean started) {
    Watch watch = new Watch(subject, startedAt);
    watched.put(subject.id(), watch);
    if (started || !watch.begin(ProbeKind.STARTUP)) {
      watch.started();
    }
  }

  @Override
  public synchronized void close() {
    watched.values().forEach(Watch::end);
    watched.clear();
  }

  /** The probes of one container. */
  private final class Watch implements Probing.Hearer {
    private final Probing.Subject subject;
    private final Instant startedAt;
    private final List<Probing> probings = new ArrayList<>();
    private boolean ended;

    Watch(Probing.Subject subject, Instant startedAt) {
      this.subject = subject;
      this.startedAt = startedAt;
    }

    /** Whether there is such a probe. */
    boolean begin(ProbeKind kind) {
      Optional<ProbeView> probe = subject.view().probe(kind.field());
      probe.ifPresent(view -> begin(kind, view));
      return probe.isPresent();
    }

    private void begin(ProbeKind kind, ProbeView view) {
      Beat beat = Beat.of(view, startedAt, means.timers().now(), means.random().nextDouble());
      Probing probing = new Probing(kind, view, subject, beat, this, means);
      synchronized (this) {
        if (ended || (onlyReadiness && kind != ProbeKind.READINESS)) {
          return;
        }
        probings.add(probing);
      }
      probing.begin();
    }

    void started() {
      listener.started(subject.id());
      begin(ProbeKind.LIVENESS);
      if (!begin(ProbeKind.READINESS)) {
        listener.ready(subject.id(), true);
      }
    }

    synchronized void end() {
      ended = true;
      probings.forEach(Probing::end);
    }

    synchronized void onlyReadiness() {
      probings.stream().filter(p -> p.kind() != ProbeKind.READINESS).forEach(Probing::end);
    }

    @Override
    public boolean decided(ProbeKind kind, boolean well) {
      if (kind == ProbeKind.READINESS) {
        listener.ready(subject.id(), well);
        return true;
      }
      if (!well) {
        String why = "failed " + kind.field() + " probe, will be restarted";
        ProbeView probe = subject.view().probe(kind.field()).orElseThrow();
        listener.unhealthy(subject.id(), why, probe.grace());
        return false;
      }
      if (kind == ProbeKind.STARTUP) {
        started();
        return false;
      }
      return true;
    }

    @Override
    public void failed(ProbeKind kind, String why) {
      listener.failed(subject.view().name(), kind.title(), why);
    }

    @Override
    public void answered(ProbeKind kind, boolean well) {
      listener.answered(subject.view().name(), kind.title(), well);
    }
  }
}
