package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is there. A list shows little of each container and an inspection costs a call, so an
 * inspection is kept as long as the list shows the same state: a container that stays running, or
 * stays ended, does not change. It is forgotten when its limits are changed, and when the engine
 * tells of it: the list may show the old state for a moment longer, an inspection does not.
 */
final class DockerObservation {

  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  private record Kept(String listedState, InspectContainerResponse inspection) {}

  private final DockerClient docker;
  private final DockerLabels labels;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  /** How often something was forgotten: what was asked before that must not be kept after it. */
  private final AtomicLong forgotten = new AtomicLong();

  DockerObservation(DockerClient docker, DockerLabels labels) {
    this.docker = docker;
    this.labels = labels;
  }

  List<Sandbox> sandboxes(Map<String, String> wanted) throws RuntimeFailure {
    List<Sandbox> found = new ArrayList<>();
    for (InspectContainerResponse one : inspectAll(wanted, DockerLabels.SANDBOX)) {
      found.add(sandbox(one));
    }
    return found;
  }

  List<Container> containers(Map<String, String> wanted) throws RuntimeFailure {
    List<Container> found = new ArrayList<>();
    for (InspectContainerResponse one : inspectAll(wanted, DockerLabels.CONTAINER)) {
      found.add(container(one));
    }
    return found;
  }

  Optional<Container> container(String id) throws RuntimeFailure {
    return inspect(id)
        .filter(c -> labels.agent().equals(labelsOf(c).get(DockerLabels.AGENT)))
        .map(DockerObservation::container);
  }

  /** The control group that a sandbox was put under; empty for the engine's own choice. */
  String groupOf(String sandboxId) throws RuntimeFailure {
    Kept present = kept.get(sandboxId);
    return (present == null ? inspect(sandboxId) : Optional.of(present.inspection))
        .map(found -> found.getHostConfig().getCgroupParent())
        .orElse("");
  }

  /** Where containers of this agent keep their writable layer and their logs, by id. */
  Map<String, List<Path>> folders(List<String> ids) throws RuntimeFailure {
    Map<String, List<Path>> folders = new HashMap<>();
    for (String id : ids) {
      Kept present = kept.get(id);
      Optional<InspectContainerResponse> one =
          present == null ? inspect(id) : Optional.of(present.inspection);
      one.ifPresent(found -> folders.put(id, DockerDisk.folders(found)));
    }
    return folders;
  }

  private List<InspectContainerResponse> inspectAll(Map<String, String> wanted, String role)
      throws RuntimeFailure {
    List<com.github.dockerjava.api.model.Container> listed =
        DockerCalls.call(() ->
            docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels.with(wanted, role))
                .exec());
    List<InspectContainerResponse> all = new ArrayList<>();
    Set<String> present = new HashSet<>();
    for (var one : listed) {
      present.add(one.getId());
      inspected(one.getId(), String.valueOf(one.getState())).ifPresent(all::add);
    }
    if (wanted.isEmpty()) {
      forgetOthers(present, role);
    }
    return all;
  }

  private Optional<InspectContainerResponse> inspected(String id, String state)
      throws RuntimeFailure {
    Kept present = kept.get(id);
    if (present != null && present.listedState.equals(state)) {
      return Optional.of(present.inspection);
    }
    long before = forgotten.get();
    Optional<InspectContainerResponse> now = inspect(id);
    if (now.isPresent() && steady(state, now.get())) {
      kept.put(id, new Kept(state, now.get()));
      if (forgotten.get() != before) {
        kept.remove(id);
      }
    }
    return now;
  }

  private static boolean steady(String listed, InspectContainerResponse inspection) {
    return (listed.equals("running") || listed.equals("exited"))
        && listed.equals(inspection.getState().getStatus());
  }

  void forget(String id) {
    forgotten.incrementAndGet();
    kept.remove(id);
  }

  private void forgetOthers(Set<String> present, String role) {
    kept.entrySet()
        .removeIf(e ->
            role.equals(labelsOf(e.getValue().inspection).get(DockerLabels.ROLE))
                && !present.contains(e.getKey()));
  }

  private Optional<InspectContainerResponse> inspect(String id) throws RuntimeFailure {
    try {
      return Optional.of(DockerCalls.call(() -> docker.inspectContainerCmd(id).exec()));
    } catch (RuntimeFailure e) {
      if (e.kind() == RuntimeFailure.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Map<String, String> labelsOf(InspectContainerResponse container) {
    Map<String, String> labels = container.getConfig().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static Sandbox sandbox(InspectContainerResponse c) {
    boolean running = Boolean.TRUE.equals(c.getState().getRunning());
    Long pid = c.getState().getPidLong();
    return new Sandbox(
        c.getId(),
        name(c),
        DockerLabels.without(labelsOf(c)),
        Instant.parse(c.getCreated()),
        running && pid != null ? Math.toIntExact(pid) : 0);
  }

  private static Container container(InspectContainerResponse c) {
    return new Container(
        c.getId(),
        name(c),
        DockerLabels.without(labelsOf(c)),
        String.valueOf(c.getConfig().getImage()),
        String.valueOf(c.getImageId()),
        DockerLimits.of(c.getHostConfig()),
        Boolean.TRUE.equals(c.getConfig().getTty()),
        state(c));
  }

  private static Container.State state(InspectContainerResponse c) {
    InspectContainerResponse.ContainerState state = c.getState();
    Instant created = Instant.parse(c.getCreated());
    Instant started = time(state.getStartedAt(), created);
    String error = state.getError() == null ? "" : state.getError();
    if (Boolean.TRUE.equals(state.getRunning())) {
      Long pid = state.getPidLong();
      return new Container.Running(started, pid == null ? 0 : Math.toIntExact(pid));
    }
    if ("created".equals(state.getStatus()) && error.isEmpty()) {
      return new Container.Created(created);
    }
    Long code = state.getExitCodeLong();
    Instant finished = time(state.getFinishedAt(), started);
    return new Container.Exited(
        started,
        // the engine stamps both apart: a program that ends at once can seem to end before it began
        finished.isBefore(started) ? started : finished,
        code == null ? 0 : Math.toIntExact(code),
        Boolean.TRUE.equals(state.getOOMKilled()),
        error);
  }

  private static Instant time(String text, Instant ifNever) {
    Instant time = Instant.parse(text);
    return time.equals(NEVER) ? ifNever : time;
  }

  private static String name(InspectContainerResponse c) {
    return c.getName().startsWith("/") ? c.getName().substring(1) : c.getName();
  }
}
