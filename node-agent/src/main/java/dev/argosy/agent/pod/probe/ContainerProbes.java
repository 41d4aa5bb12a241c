package dev.argosy.agent.pod.probe;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.ProbeView;
import dev.argosy.agent.runtime.spi.Container;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The probes of one pod: begun when a container runs, ended when it does not. */
public final class ContainerProbes implements AutoCloseable {

  private final ProbeCall call;
  private final ProbeListener listener;
  private final Map<String, CountDownLatch> watched = new HashMap<>();

  public ContainerProbes(ProbeCall call, ProbeListener listener) {
    this.call = call;
    this.listener = listener;
  }

  /** Brings the probes to what runs now. */
  public synchronized void follow(
      List<ContainerView> containers, List<Container> running, String podIp, String nameLabel) {
    Set<String> present = new HashSet<>();
    for (Container one : running) {
      present.add(one.id());
      if (!watched.containsKey(one.id())) {
        containers.stream()
            .filter(c -> c.name().equals(one.labels().get(nameLabel)))
            .findFirst()
            .ifPresent(view -> begin(view, one.id(), podIp));
      }
    }
    watched.entrySet().removeIf(e -> !present.contains(e.getKey()) && end(e.getValue()));
  }

  private static boolean end(CountDownLatch ended) {
    ended.countDown();
    return true;
  }

  private void begin(ContainerView view, String id, String podIp) {
    CountDownLatch ended = new CountDownLatch(1);
    watched.put(id, ended);
    Optional<ProbeView> startup = view.probe("startup");
    if (startup.isPresent()) {
      Thread.ofVirtual().start(() -> new Watch(view, id, podIp, ended).startup(startup.get()));
    } else {
      begun(view, id, podIp, ended);
    }
  }

  private void begun(ContainerView view, String id, String podIp, CountDownLatch ended) {
    listener.started(id);
    Watch watch = new Watch(view, id, podIp, ended);
    view.probe("liveness").ifPresent(p -> Thread.ofVirtual().start(() -> watch.liveness(p)));
    Optional<ProbeView> readiness = view.probe("readiness");
    if (readiness.isPresent()) {
      Thread.ofVirtual().start(() -> watch.readiness(readiness.get()));
    } else {
      listener.ready(id, true);
    }
  }

  @Override
  public synchronized void close() {
    watched.values().forEach(CountDownLatch::countDown);
    watched.clear();
  }

  private final class Watch {
    private final ContainerView view;
    private final String id;
    private final String podIp;
    private final CountDownLatch ended;

    Watch(ContainerView view, String id, String podIp, CountDownLatch ended) {
      this.view = view;
      this.id = id;
      this.podIp = podIp;
      this.ended = ended;
    }

    void startup(ProbeView probe) {
      loop(
          "Startup",
          probe,
          successes -> {
            begun(view, id, podIp, ended);
            return true;
          });
    }

    void liveness(ProbeView probe) {
      loop("Liveness", probe, successes -> false);
    }

    void readiness(ProbeView probe) {
      loop(
          "Readiness",
          probe,
          successes -> {
            if (successes == probe.successThreshold()) {
              listener.ready(id, true);
            }
            return false;
          });
    }

    private void loop(String kind, ProbeView probe, Success success) {
      int successes = 0;
      int failures = 0;
      Duration pause = probe.initialDelay();
      try {
        while (!ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          Optional<String> wrong = call.ask(probe, view.tree(), id, podIp);
          pause = probe.period();
          if (ended.getCount() == 0) {
            return;
          }
          successes = wrong.isEmpty() ? successes + 1 : 0;
          failures = wrong.isEmpty() ? 0 : failures + 1;
          if (wrong.isEmpty()) {
            if (success.over(successes)) {
              return;
            }
          } else {
            listener.failed(view.name(), kind, wrong.get());
            if (failures == probe.failureThreshold() && over(kind)) {
              return;
            }
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean over(String kind) {
      if (kind.equals("Readiness")) {
        listener.ready(id, false);
        return false;
      }
      listener.unhealthy(
          id, "failed " + kind.toLowerCase(Locale.ROOT) + " probe, will be restarted");
      return true;
    }
  }

  /** What follows a success; whether the probe is over. */
  private interface Success {
    boolean over(int inARow);
  }
}
