package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.admit.WordFile;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.plan.Action;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Plan;
import dev.argosy.agent.pod.plan.PodPlanner;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.probe.ContainerProbes;
import dev.argosy.agent.pod.probe.ProbeCall;
import dev.argosy.agent.pod.probe.ProbeListener;
import dev.argosy.agent.pod.resize.NodeRoom;
import dev.argosy.agent.pod.resize.SizeFile;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.volume.NodeVolumes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pod's life on this node, on one virtual thread. */
final class PodWorker {

  private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final Duration REFRESH = Duration.ofSeconds(60);
  private static final Duration ENGINE_RETRY = Duration.ofSeconds(3);
  private static final Duration SOON = Duration.ofSeconds(1);

  /** When a status that the API did not take is written again. */
  private static final Duration TELL_AGAIN = Duration.ofSeconds(10);

  private final PodNode node;
  private final NodeLook looks;
  private final Mailbox mailbox = new Mailbox();
  private final PodMemory memory;
  private final DeletedPod deleted;
  private final ContainerProbes probes;
  private final PodSizing sizing;
  private final WordFile word;
  private final Entrance entrance;
  private final PodPorts ports;
  private final BackOffEvents backOffs;
  private final PodActions actions;
  private final StatusReport status;
  private final Shutdown shutdown;
  private final WorkerTimes times;
  private final Runnable whenFinished;
  private final Thread thread;
  private volatile PodView pod;
  private volatile boolean stopped;
  private Instant refreshed;

  /** Since when nothing happened to the pod, by the steady clock; empty if something may have. */
  private Optional<Instant> atRest = Optional.empty();

  /** Whether the API has the present status. */
  private boolean told;

  private final SyncTrouble trouble = new SyncTrouble();

  PodWorker(
      PodNode node,
      NodeVolumes volumes,
      NodeRoom room,
      NodeLook looks,
      PodView pod,
      Runnable whenFinished) {
    this.node = node;
    this.looks = looks;
    this.pod = pod;
    this.whenFinished = whenFinished;
    PodFolder folder = PodFolder.of(node.data(), pod.uid());
    ClockShift shift = new ClockShift(node.clock(), node.steady());
    this.memory = new PodMemory(shift);
    this.deleted = new DeletedPod(shift, node.clock());
    this.probes =
        new ContainerProbes(
            new ProbeCall(node.runtime().streams()), node.timers(), new HealthListener());
    memory.remember(pod);
    this.sizing =
        new PodSizing(
            pod, room, new SizeFile(folder.sizes()), memory, new ResizeEvents(node.events()));
    this.word = new WordFile(folder.word());
    this.entrance =
        new Entrance(
            pod,
            node.admission(),
            pod.fromFile() ? () -> true : room::complete,
            pod.terminal() ? Optional.empty() : recalled());
    this.ports = new PodPorts(node);
    this.backOffs = new BackOffEvents(node);
    this.actions =
        new PodActions(
            node,
            volumes,
            folder,
            memory,
            new ContainerStopper(node, memory, mailbox),
            new ContainerResizer(node, memory, sizing));
    this.status = new StatusReport(node, folder);
    this.shutdown = new Shutdown(memory, status, node.clock());
    this.times = new WorkerTimes(node);
    this.refreshed = node.clock().instant().minus(head(pod));
    this.thread = Thread.ofVirtual().name("pod-" + pod.key().name()).unstarted(this::run);
  }

  /** Begins, or looks again; once it is known to all, or what it makes would pass for orphaned. */
  synchronized void start() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    mailbox.wake();
  }

  PodView pod() {
    return pod;
  }

  /** Gives it a new revision, unless it has a newer one. */
  synchronized void update(PodView now) {
    if (now.revision() >= pod.revision() || now.deletionTimestamp() != null) {
      pod = now;
    }
    if (pod.deletionTimestamp() != null) {
      memory.unwanted().complete(null);
    }
    mailbox.wake();
  }

  /** The node's word: the pod ends, or does not begin. */
  synchronized void condemn(Verdict verdict) {
    if (memory.recall().verdict().isEmpty()) {
      word.save(verdict);
      memory.verdict(verdict);
      node.events().warning(pod, "", verdict.reason(), verdict.message());
      mailbox.wake();
    }
  }

  /** What an agent before this one said; its word holds, though the API may not have heard it. */
  private Optional<Rejection> recalled() {
    return switch (word.load().orElse(null)) {
      case null -> Optional.empty();
      case Rejection refused -> Optional.of(refused);
      case Verdict verdict -> {
        memory.verdict(verdict);
        yield Optional.empty();
      }
    };
  }

  void wake() {
    mailbox.wake();
  }

  /** Ends the pod because its machine goes down; completed when nothing of it runs any more. */
  CompletableFuture<Void> endBy(Instant deadline) {
    CompletableFuture<Void> ended = shutdown.begin(deadline);
    mailbox.wake();
    return ended;
  }

  /** Lets go of the pod as it is; its containers stay. */
  void stop() {
    stopped = true;
    probes.close();
    thread.interrupt();
  }

  private void run() {
    try {
      while (!stopped) {
        Duration rest = syncSafely();
        if (rest.isNegative()) {
          probes.close();
          leave();
          shutdown.gone();
          whenFinished.run();
          return;
        }
        Instant settled = node.steady().instant();
        boolean called = mailbox.await(rest);
        boolean atEase = !called && rest.compareTo(NodeLook.SHARED) >= 0;
        atRest = atEase ? Optional.of(settled) : Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Others may have what it had; before the API says that it is gone. */
  private void leave() {
    sizing.free(pod);
    entrance.leave(pod);
    node.measures().forget(pod.uid());
  }

  private Duration syncSafely() {
    times.begin();
    try {
      Duration rest = sync();
      trouble.over();
      return rest;
    } catch (RuntimeFailure e) {
      trouble.failed(e).ifPresent(news -> tell(e, news));
      return trouble.rest();
    } catch (RuntimeException e) {
      LOG.error("{}: unexpected failure, trying again", pod, e);
      String what = e.getClass().getSimpleName() + ", see the log of this node's agent";
      node.events().warning(pod, "", "FailedSync", "Error syncing pod: " + what);
      return LONGEST_REST;
    } finally {
      times.end(pod);
    }
  }

  /** That the engine is away the node's condition tells. */
  private void tell(RuntimeFailure failure, String news) {
    LOG.warn("{}: {}", pod, news);
    if (failure.kind() != RuntimeFailure.Kind.UNAVAILABLE && !actions.told(news)) {
      node.events().warning(pod, "", "FailedSync", "Error syncing pod: " + news);
    }
  }

  /** One round; how long to rest, negative when the pod is finished. */
  private Duration sync() throws RuntimeFailure {
    Observed observed = look();
    switch (entrance.consider(pod, observed)) {
      case Entrance.Answer.Goes _ -> {}
      case Entrance.Answer.Waits _ -> {
        return SOON;
      }
      case Entrance.Answer.Refused(Rejection why, boolean first) -> {
        if (first) {
          word.save(why);
          node.events().warning(pod, "", why.reason(), why.message());
        }
        return refuse(why);
      }
    }
    shutdown.follow(pod, observed).ifPresent(this::newer);
    ports.follow(pod, observed);
    sizing.consider(pod, observed);
    entrance.counts(sizing.granted(pod));
    PodView now = deleted.of(sizing.granted(report(observed)));
    Plan plan = PodPlanner.plan(now, observed, memory.recall(), node.clock().instant());
    backOffs.tell(now, observed, plan.backingOff());
    for (Action action : plan.actions()) {
      if (action instanceof Action.Finish) {
        leave();
      }
      if (actions.apply(now, observed, action)) {
        return Duration.ofSeconds(-1);
      }
    }
    if (plan.actions().stream().anyMatch(a -> !(a instanceof Action.StopContainer))) {
      return afterActions();
    }
    refreshFiles(now);
    Duration rest = least(rest(plan.lookAgain()), untilRefresh());
    rest = told ? rest : least(rest, TELL_AGAIN);
    return sizing.unsettled() ? least(rest, PodSizing.RETRY) : rest;
  }

  private Duration refuse(Rejection why) {
    Optional<PodView> written = status.refuse(pod, why);
    written.ifPresent(this::newer);
    return written.isPresent() ? LONGEST_REST : ENGINE_RETRY;
  }

  private Duration afterActions() throws RuntimeFailure {
    report(look());
    Map<String, String> waiting = memory.pullsNowBackOff(pod);
    backOffs.tellPulls(pod, waiting);
    return waiting.isEmpty() ? Duration.ZERO : SOON;
  }

  private Observed look() throws RuntimeFailure {
    Observed observed =
        atRest.isPresent() ? looks.shared(pod.uid(), atRest.get()) : looks.alone(pod.uid());
    atRest = Optional.empty();
    memory.keepOnly(observed);
    times.saw(pod, observed);
    PodView now = pod;
    String ip = now.hostNetwork() ? node.ip() : node.network().address(now.uid()).orElse("");
    probes.follow(
        now.all(), observed.running(), memory.recall().started(), ip, PodLabels.CONTAINER);
    if (now.deletionTimestamp() != null) {
      probes.onlyReadiness();
    }
    return observed;
  }

  private PodView report(Observed observed) {
    PodView before = pod;
    Optional<PodView> written = status.report(before, observed, memory.recall());
    written.ifPresent(this::newer);
    told = written.isPresent();
    return pod;
  }

  private synchronized void newer(PodView written) {
    if (written.revision() > pod.revision()) {
      pod = written;
    }
  }

  private void refreshFiles(PodView now) {
    Instant time = node.clock().instant();
    if (Duration.between(refreshed, time).abs().compareTo(REFRESH) >= 0) {
      refreshed = time;
      if (now.deletionTimestamp() == null && !now.terminal()) {
        actions.refresh(now);
      }
    }
  }

  /** Pods that begin together, as after a restart of the agent, do not ask the API together. */
  private static Duration head(PodView pod) {
    return Duration.ofSeconds(Math.floorMod(pod.uid().hashCode(), REFRESH.toSeconds()));
  }

  private Duration untilRefresh() {
    Duration until = Duration.between(node.clock().instant(), refreshed.plus(REFRESH));
    return until.isNegative() ? Duration.ZERO : until;
  }

  private Duration rest(Optional<Instant> lookAgain) {
    Duration until =
        lookAgain.map(at -> Duration.between(node.clock().instant(), at)).orElse(LONGEST_REST);
    return until.isNegative() ? Duration.ZERO : least(until, LONGEST_REST);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private final class HealthListener implements ProbeListener {
    @Override
    public void ready(String containerId, boolean ready) {
      if (memory.ready(containerId, ready)) {
        mailbox.wake();
      }
    }

    @Override
    public void started(String containerId) {
      memory.started(containerId);
      mailbox.wake();
    }

    @Override
    public void unhealthy(String containerId, String why, @Nullable Duration grace) {
      memory.unhealthy(containerId, new Recall.Unhealthy(why, grace));
      mailbox.wake();
    }

    @Override
    public void failed(String container, String kind, String why) {
      node.events().warning(pod, container, "Unhealthy", kind + " probe failed: " + why);
    }

    @Override
    public void warned(String container, String kind, String what) {
      node.events().warning(pod, container, "ProbeWarning", kind + " probe warning: " + what);
    }

    @Override
    public void answered(String container, String kind, boolean well) {
      node.measures().probed(pod.key(), pod.uid(), container, kind, well);
    }
  }
}
