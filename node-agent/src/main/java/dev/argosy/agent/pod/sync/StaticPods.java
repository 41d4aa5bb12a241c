package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.manifest.ManifestFolder;
import dev.argosy.agent.pod.manifest.MirrorPlan;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the pods of a folder, and keeps their mirrors in the API. One thread looks at the folder
 * when it changes, or else every 20 s, and when a mirror changes or a static pod is gone.
 */
final class StaticPods implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StaticPods.class);
  private static final Duration LONGEST_REST = Duration.ofSeconds(20);
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NODES = new GroupResource("", "nodes");

  /** Those who run pods. */
  interface Runners {
    /** The static pods that run or are ending. */
    Collection<PodView> running();

    /** Begins a pod that does not run. */
    void begin(PodView pod);

    void end(PodView pod);

    /** Whether the API's pods are known. */
    boolean synced();

    /** The mirrors of this node in the API. */
    Collection<PodView> mirrors();
  }

  private final ManifestFolder folder;
  private final ApiClient api;
  private final Runners runners;
  private final Mailbox mailbox = new Mailbox();
  private final Thread thread;
  private final WatchService watch;
  private volatile boolean closed;

  /** What was told, so that it is told once. */
  private final Map<Path, String> told = new HashMap<>();

  StaticPods(ManifestFolder folder, ApiClient api, Runners runners) throws IOException {
    this.folder = folder;
    this.api = api;
    this.runners = runners;
    Files.createDirectories(folder.path());
    this.watch = folder.path().getFileSystem().newWatchService();
    folder
        .path()
        .register(
            watch,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
    this.thread = Thread.ofVirtual().name("static-pods").unstarted(this::run);
  }

  /** Begins what is there now, before it returns, and follows what changes. */
  void start() {
    followFiles();
    thread.start();
    Thread.ofVirtual().name("static-pods-folder").start(this::follow);
  }

  void wake() {
    mailbox.wake();
  }

  private void follow() {
    try {
      while (!closed) {
        WatchKey key = watch.take();
        key.pollEvents();
        key.reset();
        mailbox.wake();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      LOG.debug("no longer looking at {}", folder.path());
    }
  }

  private void run() {
    try {
      while (!closed) {
        round();
        mailbox.await(LONGEST_REST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    try {
      followFiles();
      if (runners.synced()) {
        keepMirrors();
      }
    } catch (RuntimeException e) {
      LOG.error("static pods: unexpected failure, trying again", e);
    }
  }

  private void followFiles() {
    ManifestFolder.Scan scan = folder.scan();
    scan.troubles()
        .forEach((file, why) -> {
          if (!why.equals(told.put(file, why))) {
            LOG.warn("no static pod from {}: {}", file, why);
          }
        });
    told.keySet().retainAll(scan.troubles().keySet());
    Map<String, PodView> wanted =
        scan.pods().stream().collect(Collectors.toMap(PodView::uid, pod -> pod));
    Set<ObjectKey> busy = new HashSet<>();
    for (PodView pod : runners.running()) {
      busy.add(pod.key());
      if (wanted.remove(pod.uid()) == null && pod.deletionTimestamp() == null) {
        runners.end(pod);
      }
    }
    wanted.values().stream().filter(pod -> !busy.contains(pod.key())).forEach(runners::begin);
  }

  private void keepMirrors() {
    MirrorPlan plan = MirrorPlan.of(runners.running(), runners.mirrors());
    for (PodView mirror : plan.delete()) {
      api.delete(mirror.key(), DeleteOptions.now(mirror.uid()));
    }
    if (!plan.create().isEmpty()) {
      owner().ifPresent(owner -> plan.create().forEach(pod -> create(pod, owner)));
    }
  }

  private void create(PodView pod, ObjectNode owner) {
    ObjectNode mirror = (ObjectNode) pod.tree().deepCopy();
    ObjectNode metadata = mirror.withObject("metadata");
    metadata.remove("uid");
    metadata.withObject("annotations").put(PodView.CONFIG_MIRROR, pod.uid());
    metadata.putArray("ownerReferences").add(owner);
    mirror.remove("status");
    ResourceScope scope = ResourceScope.namespace(PODS, pod.key().cluster(), pod.key().namespace());
    if (api.create(scope, mirror) instanceof ApiResult.Refused<ApiObject>(var status)
        && status.reason() != Reason.ALREADY_EXISTS) {
      Path about = Path.of("mirror of " + pod.key().namespace() + "/" + pod.key().name());
      if (!String.valueOf(status.message()).equals(told.put(about, "" + status.message()))) {
        LOG.warn("no {}: {}", about, status.message());
      }
    }
  }

  private Optional<ObjectNode> owner() {
    ObjectKey key = new ObjectKey(NODES, "root", "", folder.node());
    return api.get(key)
        .orAbsent()
        .map(node ->
            Json.object()
                .put("apiVersion", "v1")
                .put("kind", "Node")
                .put("name", node.name())
                .put("uid", node.meta().uid())
                .put("controller", true));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      watch.close();
    } catch (IOException e) {
      LOG.debug("folder of static pods: {}", e.toString());
    }
  }
}
