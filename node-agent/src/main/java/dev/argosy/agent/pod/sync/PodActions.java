package dev.argosy.agent.pod.sync;

import dev.argosy.agent.network.pod.NetworkFailure;
import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.config.ContainerSpecs;
import dev.argosy.agent.pod.config.FieldValues;
import dev.argosy.agent.pod.config.Hostname;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.plan.Action;
import dev.argosy.agent.pod.plan.BackOff;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.plan.Recall.Trouble;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.agent.volume.NodeVolumes;
import dev.argosy.agent.volume.PodVolumes;
import dev.argosy.agent.volume.VolumeModes;
import dev.argosy.model.client.DeleteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Does what the planner decided, in its order. */
final class PodActions {

  private static final Logger LOG = LoggerFactory.getLogger(PodActions.class);
  private static final Duration CONFIG_RETRY = Duration.ofSeconds(5);

  private final PodNode node;
  private final PodFolder folder;
  private final PodMemory memory;
  private final ContainerStarter starter;
  private final ContainerStopper stopper;
  private final ContainerResizer resizer;
  private final ConfigSource source;
  private final NodeVolumes volumes;
  private final VolumeImages images;
  private final VolumeRelease release;

  /** The sandbox that is known to be on the network. */
  private String connected = "";

  PodActions(
      PodNode node,
      NodeVolumes volumes,
      PodFolder folder,
      PodMemory memory,
      ContainerStopper stopper,
      ContainerResizer resizer) {
    this.node = node;
    this.resizer = resizer;
    this.folder = folder;
    this.memory = memory;
    this.stopper = stopper;
    this.starter = new ContainerStarter(node, memory);
    this.source = new ConfigSource(node.api());
    this.volumes = volumes;
    this.images = new VolumeImages(node, memory);
    this.release = new VolumeRelease(node, volumes, folder);
  }

  /** Does it; whether the pod is finished. */
  boolean apply(PodView pod, Observed observed, Action action) throws RuntimeFailure {
    switch (action) {
      case Action.StartSandbox start -> startSandbox(pod, start);
      case Action.RemoveSandbox(String id) -> node.runtime().removeSandbox(id);
      case Action.StartContainer start -> startContainer(pod, observed, start);
      case Action.StopContainer stop -> stopper.stop(pod, stop);
      case Action.ResizeContainer resize -> resizer.resize(pod, resize);
      case Action.RemoveContainer(String id) -> removeContainer(observed, id);
      case Action.Finish _ -> {
        finish(pod);
        return true;
      }
    }
    return false;
  }

  /** Removes a container and its last words. */
  private void removeContainer(Observed observed, String id) throws RuntimeFailure {
    node.runtime().removeContainer(id);
    for (Container one : observed.containers()) {
      if (one.id().equals(id)) {
        String name = one.labels().getOrDefault(PodLabels.CONTAINER, "");
        delete(folder.terminationLog(name, Observed.attempt(one)));
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} not removed: {}", file, e.toString());
    }
  }

  private void startSandbox(PodView pod, Action.StartSandbox start) throws RuntimeFailure {
    try {
      volumes(pod).prepare();
    } catch (ConfigFailure e) {
      String message = String.valueOf(e.getMessage());
      node.events().warning(pod, "", VolumeModes.reason(message), message);
      later(Recall.SANDBOX, "ContainerCreating", message, "", CONFIG_RETRY);
      return;
    }
    try {
      makeSandbox(pod, start.attempt());
      if (start.attempt() > 0) {
        node.events().normal(pod, "", "SandboxChanged", "Pod sandbox changed, it was re-created.");
      }
      memory.fine(Recall.SANDBOX);
    } catch (RuntimeFailure e) {
      if (e.kind() == RuntimeFailure.Kind.UNAVAILABLE) {
        throw e;
      }
      sandboxFailed(pod, String.valueOf(e.getMessage()));
    } catch (NetworkFailure | ConfigFailure e) {
      sandboxFailed(pod, String.valueOf(e.getMessage()));
    }
  }

  private void sandboxFailed(PodView pod, String message) {
    String full = "Failed to create pod sandbox: " + EngineWords.of(message, pod.key().name(), "");
    node.events().warning(pod, "", "FailedCreatePodSandBox", full);
    int failures = memory.failures(Recall.SANDBOX) + 1;
    Duration delay = Duration.ofSeconds(Math.min(60, failures * 3L));
    later(Recall.SANDBOX, "ContainerCreating", full, "", delay);
  }

  private void makeSandbox(PodView pod, int attempt)
      throws RuntimeFailure, NetworkFailure, ConfigFailure {
    PauseImage.ensure(node.runtime().images(), System.getProperty("os.arch", ""));
    Map<String, String> labels = new HashMap<>(PodLabels.ofPod(pod.key(), pod.uid()));
    labels.put(PodLabels.ATTEMPT, Integer.toString(attempt));
    labels.putAll(RuntimeHandlers.labels(node.api(), pod));
    JsonNode spec = pod.spec();
    Map<String, String> sysctls = new HashMap<>();
    spec.path("securityContext")
        .path("sysctls")
        .forEach(s ->
            sysctls.put(
                s.path("name").asString("").replace('/', '.'), s.path("value").asString("")));
    String id =
        node.runtime()
            .startSandbox(
                new SandboxSpec(
                    ContainerSpecs.engineName(pod, "POD", attempt),
                    labels,
                    PauseImage.NAME,
                    PauseImage.COMMAND,
                    Hostname.inKernel(pod),
                    pod.hostNetwork(),
                    spec.path("hostPID").asBoolean(false),
                    spec.path("hostIPC").asBoolean(false),
                    sysctls,
                    node.groups().enter(pod)));
    if (!pod.hostNetwork()) {
      connect(pod, id);
    }
  }

  /**
   * Puts the sandbox on the network if it is not. It may not be if the agent or the engine went
   * away between making and connecting it.
   */
  private void beConnected(PodView pod, Sandbox sandbox) throws StartFailure {
    if (pod.hostNetwork() || sandbox.id().equals(connected)) {
      return;
    }
    try {
      node.network().attach(pod.uid(), sandbox);
      connected = sandbox.id();
    } catch (NetworkFailure e) {
      String message = "Failed to connect pod sandbox: " + e.getMessage();
      node.events().warning(pod, "", "FailedCreatePodSandBox", message);
      throw new StartFailure("ContainerCreating", message);
    }
  }

  private void connect(PodView pod, String id) throws RuntimeFailure, NetworkFailure {
    try {
      for (Sandbox one : node.runtime().sandboxes(Map.of(PodLabels.UID, pod.uid()))) {
        if (one.id().equals(id)) {
          node.network().attach(pod.uid(), one);
          connected = id;
        }
      }
    } catch (NetworkFailure e) {
      node.runtime().removeSandbox(id);
      throw e;
    }
  }

  private void startContainer(PodView pod, Observed observed, Action.StartContainer start)
      throws RuntimeFailure {
    String name = start.container().name();
    Sandbox sandbox = observed.sandbox().orElse(null);
    if (sandbox == null) {
      return;
    }
    try {
      beConnected(pod, sandbox);
      FieldValues fields = fields(pod);
      images.prepare(pod, start.container(), volumes.images(pod, folder));
      starter.start(pod, start, observed, new ContainerSpecs(source, folder, fields, volumes(pod)));
      memory.fine(name);
    } catch (StartFailure e) {
      int failures = memory.failures(name) + 1;
      boolean quick = e.reason().equals("CreateContainerConfigError");
      Duration delay = quick ? CONFIG_RETRY : BackOff.afterFailures(failures);
      later(name, e.reason(), e.text(), e.image(), delay);
    }
  }

  private void later(String name, String reason, String message, String image, Duration delay) {
    int failures = memory.failures(name) + 1;
    Instant retry = node.clock().instant().plus(delay);
    memory.trouble(name, new Trouble(reason, message, failures, retry, image));
  }

  private void finish(PodView pod) throws RuntimeFailure {
    node.network().release(pod.uid());
    node.groups().leave(pod.uid());
    release.of(pod);
    if (!pod.fromFile()) {
      node.api().delete(pod.key(), DeleteOptions.now(pod.uid()));
    }
  }

  /** Whether an event has said so already. */
  boolean told(String failure) {
    return release.told(failure);
  }

  /** Brings files that mirror the API up to date. */
  void refresh(PodView pod) {
    try {
      volumes(pod).refresh();
    } catch (ConfigFailure e) {
      LOG.debug("files of {} not refreshed: {}", pod, e.getMessage());
    }
  }

  private PodVolumes volumes(PodView pod) {
    return volumes.of(fields(pod), folder);
  }

  private FieldValues fields(PodView pod) {
    String ip = pod.hostNetwork() ? node.ip() : node.network().address(pod.uid()).orElse("");
    return new FieldValues(
        pod, ip, node.ip(), node.size().cpuThousandths(), node.size().memoryBytes());
  }
}
