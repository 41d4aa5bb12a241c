package dev.argosy.agent.pod.sync;

import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.manifest.ManifestFolder;
import dev.argosy.agent.pod.resize.NodeRoom;
import dev.argosy.agent.pod.resize.PodRequest;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import dev.argosy.agent.shutdown.ShutdownGrace;
import dev.argosy.agent.volume.NodeVolumes;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The pods bound to this node, each with its worker; and what is left over of others. */
public final class PodWorkers implements AutoCloseable {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final long SWEEP_SECONDS = 60;

  /** What the engine needs to kill what has not ended in time. */
  private static final Duration LAST_KILL = Duration.ofSeconds(2);

  private final PodNode node;
  private final NodeVolumes volumes;
  private final NodeRoom room;
  private final NodeLook looks;
  private final Orphans orphans;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
  private final Informer<PodView> informer;
  private final ContainerRuntime.Subscription changes;
  private final @Nullable StaticPods statics;
  private final CountDownLatch closed = new CountDownLatch(1);

  public PodWorkers(PodNode node) throws IOException {
    this(node, Optional.empty());
  }

  /**
   * Begins with the pods of the API, and those of a folder, if there is one.
   *
   * @param manifests the folder of static pods
   */
  public PodWorkers(PodNode node, Optional<Path> manifests) throws IOException {
    this(node, manifests, CsiVolumes.none(node.api(), node.data(), node.clock()));
  }

  /**
   * The same on a node with drivers of storage.
   *
   * @param csi the volumes of its drivers
   */
  public PodWorkers(PodNode node, Optional<Path> manifests, CsiVolumes csi) throws IOException {
    this.node = node;
    this.volumes =
        new NodeVolumes(
            node.data(), node.api(), node.runtime().images(), node.events(), node.clock(), csi);
    this.room =
        new NodeRoom(
            new PodRequest(node.size().cpuThousandths(), node.size().memoryBytes()), this::ready);
    this.looks = new NodeLook(node.runtime(), node.steady());
    this.orphans = new Orphans(node, volumes, workers::containsKey);
    this.changes = node.runtime().onChange(new EngineListener());
    this.informer =
        new Informer<>(
            node.api(),
            InformerSpec.<PodView>of(ResourceScope.everywhere(PODS), PodView::of)
                .withFieldSelector("spec.nodeName=" + node.name()));
    this.statics =
        manifests.isEmpty()
            ? null
            : new StaticPods(
                new ManifestFolder(manifests.get(), node.name()), node.api(), new Runners());
    if (statics != null) {
      statics.start();
    }
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

  /**
   * Takes no more pods on, and ends those that run: ordinary ones, then critical ones. Returns when
   * all have ended, or their time is over.
   */
  public void shutDown(ShutdownGrace grace) throws InterruptedException {
    node.admission().shutDown();
    Instant began = node.clock().instant();
    Instant steadily = node.steady().instant();
    for (boolean critical : new boolean[] {false, true}) {
      Instant deadline = grace.deadline(critical, began);
      CompletableFuture<?>[] ends =
          workers.values().stream()
              .filter(worker -> ShutdownGrace.critical(worker.pod()) == critical)
              .map(worker -> worker.endBy(deadline))
              .toArray(CompletableFuture<?>[]::new);
      Duration passed = Duration.between(steadily, node.steady().instant());
      long left = Duration.between(began, deadline).minus(passed).plus(LAST_KILL).toMillis();
      try {
        CompletableFuture.allOf(ends).get(Math.max(0, left), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException timeIsOver) {
        // the machine does not wait
      }
    }
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
              return new PodWorker(node, volumes, room, looks, pod, () -> finished(uid));
            })
        .start();
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

  private void finished(String uid) {
    workers.remove(uid);
    wakeStatics();
  }

  private void wakeStatics() {
    if (statics != null) {
      statics.wake();
    }
  }

  /** A mirror tells what the API knows of a static pod. */
  private void mirrored(PodView mirror) {
    PodWorker worker = workers.get(mirror.annotation(PodView.CONFIG_MIRROR));
    if (worker != null && worker.pod().deletionTimestamp() == null) {
      worker.update(worker.pod().seenIn(mirror));
    }
    wakeStatics();
  }

  /** The object is gone from the API: whatever still runs of it has no time left. */
  private void takeDown(PodView last) {
    PodWorker worker = workers.get(last.uid());
    node.admission().leaves(last.uid());
    if (worker != null) {
      worker.update(worker.pod().until(node.clock().instant()));
    }
  }

  private void sweepAgainAndAgain() {
    try {
      boolean synced = informer.awaitSynced(Duration.ofDays(365));
      wakeStatics();
      workers.values().forEach(PodWorker::wake); // some wait until all pods are known
      while (synced && closed.getCount() > 0) {
        orphans.remove();
        if (closed.await(SWEEP_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (statics != null) {
      statics.close();
    }
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
      if (pod.mirror()) {
        mirrored(pod);
        return;
      }
      follow(pod);
    }

    @Override
    public void updated(PodView old, PodView pod) {
      if (!old.uid().equals(pod.uid())) {
        takeDown(old);
      }
      added(pod);
    }

    @Override
    public void deleted(PodView last) {
      takeDown(last);
      if (last.mirror()) {
        wakeStatics();
      }
    }
  }

  private final class Runners implements StaticPods.Runners {
    @Override
    public List<PodView> running() {
      return workers.values().stream().map(PodWorker::pod).filter(PodView::fromFile).toList();
    }

    @Override
    public void begin(PodView pod) {
      follow(pod);
    }

    @Override
    public void end(PodView pod) {
      PodWorker worker = workers.get(pod.uid());
      if (worker != null) {
        worker.update(worker.pod().until(node.clock().instant().plus(pod.grace())));
      }
    }

    @Override
    public boolean synced() {
      return ready();
    }

    @Override
    public List<PodView> mirrors() {
      return informer.all().stream().filter(PodView::mirror).toList();
    }
  }
}
