package dev.argosy.agent.use;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.use.Counters;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at everything that runs; two listings of the engine, and a few small files for each. */
final class UseSampler {

  private final ContainerRuntime runtime;
  private final GroupCounters groups;
  private final NetworkCounters networks;
  private final MachineCounters machine;
  private final Clock clock;

  UseSampler(ContainerRuntime runtime, KernelFiles kernel, Clock clock) {
    this.runtime = runtime;
    this.groups = new GroupCounters(kernel);
    this.networks = new NetworkCounters(kernel);
    this.machine = new MachineCounters(kernel);
    this.clock = clock;
  }

  /** All that runs now. */
  Sample look() throws RuntimeFailure, IOException {
    Seen.When when =
        new Seen.When(machine.boot(), machine.uptime(), 0, clock.instant().toEpochMilli());
    List<Seen> live = new ArrayList<>();
    for (Container container : runtime.containers(Map.of())) {
      container(container, when).ifPresent(live::add);
    }
    for (Sandbox sandbox : runtime.sandboxes(Map.of())) {
      network(sandbox, when).ifPresent(live::add);
    }
    return new Sample(when, machine.now(), live);
  }

  /** What ended between the listing and now is not seen any more. */
  private Optional<Seen> container(Container container, Seen.When when) {
    if (!(container.state() instanceof Container.Running running) || running.pid() <= 0) {
      return Optional.empty();
    }
    OptionalLong cpu = groups.cpuNanos(running.pid());
    OptionalLong memory = groups.memory(running.pid());
    if (cpu.isEmpty() && memory.isEmpty()) {
      return Optional.empty();
    }
    long startedAt = running.startedAt().toEpochMilli();
    Counters counters = new Counters(cpu.orElse(0), memory.orElse(0), 0, 0);
    String name = container.labels().getOrDefault(PodLabels.CONTAINER, "");
    return name.isEmpty()
        ? Optional.empty()
        : PodLabels.pod(container.labels())
            .map(pod ->
                new Seen(
                    container.id() + "@" + startedAt,
                    pod,
                    name,
                    since(when, startedAt),
                    counters,
                    false));
  }

  private Optional<Seen> network(Sandbox sandbox, Seen.When when) {
    Optional<PodRef> pod = PodLabels.pod(sandbox.labels());
    if (!sandbox.running() || pod.isEmpty()) {
      return Optional.empty();
    }
    long startedAt = sandbox.createdAt().toEpochMilli();
    return networks
        .of(sandbox.pid())
        .map(counters ->
            new Seen(
                sandbox.id() + "@" + sandbox.pid(),
                pod.get(),
                "",
                since(when, startedAt),
                counters,
                false));
  }

  private static Seen.When since(Seen.When when, long startedAt) {
    return new Seen.When(when.boot(), when.uptime(), startedAt, when.at());
  }
}
