package dev.argosy.agent.runtime.fake;

import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.agent.runtime.spi.RuntimeInfo;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** {@link ContainerRuntime} in memory. */
public final class FakeRuntime implements ContainerRuntime {

  private final Clock clock;
  private final FakeImages images = new FakeImages(this);
  private final FakeStreams streams = new FakeStreams(this);
  private final Map<String, Sandbox> sandboxes = new LinkedHashMap<>();
  private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
  private final List<RuntimeListener> listeners = new CopyOnWriteArrayList<>();
  private int lastId;
  private volatile boolean up = true;

  public FakeRuntime(Clock clock) {
    this.clock = clock;
  }

  /** Takes the engine away, or brings it back. Containers go on running meanwhile. */
  public void setUp(boolean answers) {
    up = answers;
  }

  /** Ends a running container from inside. */
  public void end(String containerId, int exitCode) {
    synchronized (this) {
      FakeContainer container = containers.get(containerId);
      if (container != null) {
        container.end(clock.instant(), exitCode, false);
      }
    }
    changed(containerId);
  }

  /** Lets a container use that much memory from now on. */
  public synchronized void use(String containerId, long memoryBytes) {
    FakeContainer container = containers.get(containerId);
    if (container != null) {
      container.memoryUsage = memoryBytes;
    }
  }

  void requireUp() throws RuntimeFailure {
    if (!up) {
      throw new RuntimeFailure(Kind.UNAVAILABLE, "container engine: it was taken away");
    }
  }

  @Override
  public RuntimeInfo info() throws RuntimeFailure {
    requireUp();
    return new RuntimeInfo("fake", "1", "/");
  }

  @Override
  public synchronized String startSandbox(SandboxSpec spec) throws RuntimeFailure {
    requireUp();
    if (images.find(spec.image()).isEmpty()) {
      throw new RuntimeFailure(Kind.NOT_FOUND, "No such image: " + spec.image());
    }
    if (sandboxes.values().stream().anyMatch(s -> s.name().equals(spec.name()))) {
      throw new RuntimeFailure(Kind.CONFLICT, "name in use: " + spec.name());
    }
    String id = "sandbox-" + ++lastId;
    sandboxes.put(id, new Sandbox(id, spec.name(), spec.labels(), clock.instant(), 100 + lastId));
    return id;
  }

  @Override
  public synchronized List<Sandbox> sandboxes(Map<String, String> labels) throws RuntimeFailure {
    requireUp();
    return newestFirst(
        sandboxes.values().stream()
            .filter(s -> s.labels().entrySet().containsAll(labels.entrySet()))
            .toList());
  }

  private static <T> List<T> newestFirst(List<T> list) {
    return new ArrayList<>(list).reversed();
  }

  @Override
  public void stopSandbox(String id) throws RuntimeFailure {
    requireUp();
    synchronized (this) {
      Sandbox was = sandboxes.get(id);
      if (was != null) {
        sandboxes.put(id, new Sandbox(id, was.name(), was.labels(), was.createdAt(), 0));
      }
    }
    changed(id);
  }

  @Override
  public synchronized void removeSandbox(String id) throws RuntimeFailure {
    requireUp();
    sandboxes.remove(id);
  }

  @Override
  public synchronized String createContainer(String sandboxId, ContainerSpec spec)
      throws RuntimeFailure {
    requireUp();
    Sandbox sandbox = sandboxes.get(sandboxId);
    if (sandbox == null || !sandbox.running()) {
      throw new RuntimeFailure(Kind.CONFLICT, "sandbox " + sandboxId + " is not running");
    }
    if (containers.values().stream().anyMatch(c -> c.spec.name().equals(spec.name()))) {
      throw new RuntimeFailure(Kind.CONFLICT, "name in use: " + spec.name());
    }
    String imageId =
        images
            .find(spec.image())
            .orElseThrow(() -> new RuntimeFailure(Kind.NOT_FOUND, "No such image: " + spec.image()))
            .id();
    FakeContainer made = new FakeContainer(++lastId, sandboxId, spec, imageId, clock.instant());
    containers.put(made.id, made);
    return made.id;
  }

  @Override
  public void startContainer(String id) throws RuntimeFailure {
    requireUp();
    synchronized (this) {
      FakeContainer container = existing(id);
      if (container.program instanceof FakeProgram.Missing(String program)) {
        container.state =
            new Container.Exited(
                clock.instant(), clock.instant(), 127, false, "no program " + program);
        throw new RuntimeFailure(
            Kind.REFUSED, "exec: \"" + program + "\": executable file not found in $PATH");
      }
      container.start(clock.instant());
    }
    changed(id);
  }

  @Override
  public void stopContainer(String id, Duration grace) throws RuntimeFailure {
    requireUp();
    synchronized (this) {
      FakeContainer container = containers.get(id);
      if (container != null) {
        boolean heeds = !(container.program instanceof FakeProgram.Runs(boolean term)) || term;
        container.end(clock.instant(), heeds && !grace.isZero() ? 0 : 137, false);
      }
    }
    changed(id);
  }

  @Override
  public synchronized void removeContainer(String id) throws RuntimeFailure {
    requireUp();
    FakeContainer gone = containers.remove(id);
    if (gone != null) {
      gone.end(clock.instant(), 137, false);
    }
  }

  @Override
  public synchronized void limitContainer(String id, ContainerSpec.Limits limits)
      throws RuntimeFailure {
    requireUp();
    FakeContainer container = existing(id);
    container.limits =
        new ContainerSpec.Limits(
            limits.cpuShares(),
            limits.cpuQuotaMicros(),
            limits.memoryBytes(),
            container.limits.oomScoreAdjust());
  }

  @Override
  public synchronized long memoryUsage(String id) throws RuntimeFailure {
    requireUp();
    return existing(id).memoryUsage;
  }

  /** What a container was made from. */
  public synchronized ContainerSpec spec(String id) throws RuntimeFailure {
    return existing(id).spec;
  }

  @Override
  public synchronized List<Container> containers(Map<String, String> labels) throws RuntimeFailure {
    requireUp();
    return newestFirst(
        containers.values().stream()
            .filter(c -> c.spec.labels().entrySet().containsAll(labels.entrySet()))
            .map(FakeContainer::view)
            .toList());
  }

  @Override
  public synchronized Optional<Container> container(String id) throws RuntimeFailure {
    requireUp();
    return Optional.ofNullable(containers.get(id)).map(FakeContainer::view);
  }

  synchronized FakeContainer existing(String id) throws RuntimeFailure {
    FakeContainer container = containers.get(id);
    if (container == null) {
      throw new RuntimeFailure(Kind.NOT_FOUND, "No such container: " + id);
    }
    return container;
  }

  private void changed(String id) {
    @Nullable Map<String, String> labels;
    synchronized (this) {
      FakeContainer container = containers.get(id);
      Sandbox sandbox = sandboxes.get(id);
      labels =
          container != null ? container.spec.labels() : sandbox == null ? null : sandbox.labels();
    }
    if (labels != null && up) {
      RuntimeChange change = new RuntimeChange(id, labels);
      listeners.forEach(l -> l.changed(change));
    }
  }

  @Override
  public Subscription onChange(RuntimeListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public FakeImages images() {
    return images;
  }

  @Override
  public ContainerStreams streams() {
    return streams;
  }

  @Override
  public void close() {
    listeners.clear();
  }
}
