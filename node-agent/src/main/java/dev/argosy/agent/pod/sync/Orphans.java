package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.volume.NodeVolumes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left on the node of pods that are no more. */
final class Orphans {

  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Sweeps come each minute. */
  private static final int IMAGES_EVERY = 60;

  private final PodNode node;
  private final NodeVolumes volumes;
  private final Predicate<String> known;
  private int sweeps;

  /**
   * @param known whether there is a pod of that uid
   */
  Orphans(PodNode node, NodeVolumes volumes, Predicate<String> known) {
    this.node = node;
    this.volumes = volumes;
    this.known = known;
  }

  /** Ends and removes it all. What resists is left for the next time, and keeps nothing else. */
  void remove() {
    Set<String> uids = new HashSet<>();
    step(() -> containers(uids));
    step(() -> sandboxes(uids));
    step(() ->
        PodFolder.uids(node.data()).stream().filter(uid -> !known.test(uid)).forEach(uids::add));
    uids.forEach(uid -> step(() -> forget(uid)));
    step(() -> node.network().sweep(known));
    step(volumes::sweep);
    if (++sweeps % IMAGES_EVERY == 0) {
      step(node.pulls()::forgetRemoved);
    }
  }

  private interface Step {
    void run() throws RuntimeFailure, IOException;
  }

  private static void step(Step step) {
    try {
      step.run();
    } catch (RuntimeFailure | IOException e) {
      LOG.debug("not swept: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("not swept", e);
    }
  }

  /** All at once: each may take its whole grace. */
  private void containers(Set<String> uids) throws RuntimeFailure {
    try (ExecutorService ending = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Container container : node.runtime().containers(Map.of())) {
        String uid = PodLabels.uid(container.labels()).orElse("");
        if (!known.test(uid)) {
          uids.add(uid);
          ending.execute(() -> step(() -> end(container.id())));
        }
      }
    }
  }

  private void end(String container) throws RuntimeFailure {
    node.runtime().stopContainer(container, GRACE);
    node.runtime().removeContainer(container);
  }

  private void sandboxes(Set<String> uids) throws RuntimeFailure {
    for (Sandbox sandbox : node.runtime().sandboxes(Map.of())) {
      String uid = PodLabels.uid(sandbox.labels()).orElse("");
      if (!known.test(uid)) {
        uids.add(uid);
        step(() -> node.runtime().removeSandbox(sandbox.id()));
      }
    }
  }

  private void forget(String uid) {
    LOG.info("removed what was left of pod {}", uid);
    node.network().release(uid);
    node.groups().leave(uid);
    try {
      volumes.release(PodFolder.of(node.data(), uid));
    } catch (IOException e) {
      LOG.warn("files of pod {} not removed: {}", uid, e.toString());
    }
  }
}
