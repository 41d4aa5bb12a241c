package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.resize.NodeRoom;
import dev.argosy.agent.pod.resize.PodRequest;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.verdict.Verdict;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.volume.NodeVolumes;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods bound to this node, each with its worker; and what is left over of others. */
public final class PodWorkers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PodWorkers.class);
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final long SWEEP_SECONDS = 60;
  private static final Duration ORPHAN_GRACE = Duration.ofSeconds(10);

  private final PodNode node;
  private final NodeVolumes volumes;
  private final NodeRoom room;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
  private final Informer<PodView> informer;
  private final ContainerRuntime.Subscription changes;
  private final CountDownLatch closed = new CountDownLatch(1);

  public PodWorkers(PodNode node) {
    this.node = node;
    this.volumes =
        new NodeVolumes(
            node.data(), node.api(), node.runtime().images(), node.events(), node.clock());
    this.room =
        new NodeRoom(
            new PodRequest(node.size().cpuThousandths(), node.size().memoryBytes()), this::ready);
    this.changes = node.runtime().onChange(new EngineListener());
    this.informer =
        new Informer<>(
            node.api(),
            InformerSpec.<PodView>of(ResourceScope.everywhere(PODS), PodView::of)
                .withFieldSelector("spec.nodeName=" + node.name()));
    informer.addHandler(new Handler());
    Thread.ofVirtual().name("pod-sweep").start(this::sweepAgainAndAgain);
  }

  /** Whether the pods of this node are known. */
  public boolean ready() {
    return informer.hasSynced();
  }

  /** How many pods have a worker. */
  public int size() {
    return workers.size();
  }

  private void wake(String uid) {
    PodWorker worker = workers.get(uid);
    if (worker != null) {
      worker.wake();
    }
  }

  private void follow(PodView pod) {
    workers
        .compute(
            pod.uid(),
            (uid, present) -> {
              if (present != null) {
                present.update(pod);
                return present;
              }
              PodWorker worker = new PodWorker(node, volumes, room, pod, () -> workers.remove(uid));
              if (isNew(pod)) {
                node.gate().refusal(pod).ifPresent(worker::condemn);
              }
              worker.start();
              return worker;
            })
        .wake();
  }

  /** Whether no agent has said anything of it yet. */
  private static boolean isNew(PodView pod) {
    return !pod.terminal()
        && pod.deletionTimestamp() == null
        && pod.status().path("startTime").asString("").isEmpty();
  }

  /** The pods that are here, those that have come to their end too. */
  public List<PodView> pods() {
    return workers.values().stream().map(PodWorker::pod).toList();
  }

  /** Ends a pod as the node has decided; nothing happens if it is gone. */
  public void condemn(String uid, Verdict word) {
    PodWorker worker = workers.get(uid);
    if (worker != null) {
      worker.condemn(word);
    }
  }

  /** The object is gone from the API: whatever still runs of it has no time left. */
  private void takeDown(PodView last) {
    PodWorker worker = workers.get(last.uid());
    if (worker != null) {
      worker.update(gone(worker.pod()));
    }
  }

  private PodView gone(PodView pod) {
    return new PodView(
        pod.key(),
        pod.uid(),
        Long.MAX_VALUE,
        pod.generation(),
        node.clock().instant(),
        pod.restartPolicy(),
        pod.initContainers(),
        pod.containers(),
        pod.tree());
  }

  private void sweepAgainAndAgain() {
    try {
      boolean synced = informer.awaitSynced(Duration.ofDays(365));
      while (synced && closed.getCount() > 0) {
        sweep();
        if (closed.await(SWEEP_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends and removes what belongs to no pod any more. */
  private void sweep() {
    try {
      Map<String, Boolean> orphans = new HashMap<>();
      for (Container container : node.runtime().containers(Map.of())) {
        String uid = PodLabels.uid(container.labels()).orElse("");
        if (!workers.containsKey(uid)) {
          orphans.put(uid, true);
          node.runtime().stopContainer(container.id(), ORPHAN_GRACE);
          node.runtime().removeContainer(container.id());
        }
      }
      for (Sandbox sandbox : node.runtime().sandboxes(Map.of())) {
        String uid = PodLabels.uid(sandbox.labels()).orElse("");
        if (!workers.containsKey(uid)) {
          orphans.put(uid, true);
          node.runtime().removeSandbox(sandbox.id());
        }
      }
      for (String uid : PodFolder.uids(node.data())) {
        if (!workers.containsKey(uid)) {
          orphans.put(uid, true);
        }
      }
      orphans.keySet().forEach(this::forget);
      volumes.sweep();
    } catch (RuntimeFailure | IOException e) {
      LOG.debug("no sweep: {}", e.getMessage());
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

  @Override
  public void close() {
    closed.countDown();
    changes.close();
    informer.close();
    workers.values().forEach(PodWorker::stop);
  }

  private final class EngineListener implements RuntimeListener {
    @Override
    public void changed(RuntimeChange change) {
      PodLabels.uid(change.labels()).ifPresent(PodWorkers.this::wake);
    }

    @Override
    public void missedSome() {
      workers.values().forEach(PodWorker::wake);
    }
  }

  private final class Handler implements InformerHandler<PodView> {
    @Override
    public void added(PodView pod) {
      follow(pod);
    }

    @Override
    public void updated(PodView old, PodView pod) {
      if (!old.uid().equals(pod.uid())) {
        takeDown(old);
      }
      follow(pod);
    }

    @Override
    public void deleted(PodView last) {
      takeDown(last);
    }
  }
}
