package dev.argosy.agent.pod.sync;

import dev.argosy.agent.device.DeviceFailure;
import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ContainerSpecs;
import dev.argosy.agent.pod.plan.Action;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;

/** Starts one attempt of a container. */
final class ContainerStarter {

  private final PodNode node;
  private final PodMemory memory;
  private final ImagePuller puller;

  ContainerStarter(PodNode node, PodMemory memory) {
    this.node = node;
    this.memory = memory;
    this.puller = new ImagePuller(node.pulls(), node.events(), memory);
  }

  void start(PodView pod, Action.StartContainer start, Observed observed, ContainerSpecs specs)
      throws StartFailure, RuntimeFailure {
    ContainerView container = start.container();
    Sandbox sandbox = observed.sandbox().orElseThrow();
    Image image = puller.ensure(pod, container);
    ContainerSpec spec;
    try {
      ContainerSpec plain =
          specs
              .of(container, start.attempt(), start.step(), image, sandbox)
              .with(node.groups().oomScore(pod, container), node.groups().cpus(pod, container));
      spec = besideTarget(node.devices().of(pod, container).into(plain), container, observed);
    } catch (ConfigFailure | DeviceFailure e) {
      throw StartFailure.told(
          node.events(),
          pod,
          container,
          "CreateContainerConfigError",
          String.valueOf(e.getMessage()));
    }
    String id = create(pod, container, spec, sandbox);
    node.events()
        .normal(pod, container.name(), "Created", "Created container: " + container.name());
    begin(pod, container, id, sandbox);
    node.events().normal(pod, container.name(), "Started", "Started container " + container.name());
    PostStart.run(node, memory, pod, container, id);
  }

  /** An ephemeral container may want to see the processes of another. */
  private static ContainerSpec besideTarget(
      ContainerSpec spec, ContainerView container, Observed observed) throws ConfigFailure {
    String target = container.tree().path("targetContainerName").asString("");
    boolean apart = spec.processes() instanceof ContainerSpec.Processes.Own;
    if (target.isEmpty() || !apart) {
      return spec;
    }
    return observed
        .newest(target)
        .filter(found -> found.state() instanceof Container.Running)
        .map(found -> spec.with(new ContainerSpec.Processes.OfContainer(found.id())))
        .orElseThrow(() -> new ConfigFailure("unable to find target container " + target));
  }

  private String create(PodView pod, ContainerView container, ContainerSpec spec, Sandbox sandbox)
      throws StartFailure, RuntimeFailure {
    try {
      return node.runtime().createContainer(sandbox.id(), spec);
    } catch (RuntimeFailure e) {
      throw failure(pod, container, sandbox, "CreateContainerError", e);
    }
  }

  private void begin(PodView pod, ContainerView container, String id, Sandbox sandbox)
      throws StartFailure, RuntimeFailure {
    try {
      node.runtime().startContainer(id);
    } catch (RuntimeFailure e) {
      throw failure(pod, container, sandbox, "RunContainerError", e);
    }
  }

  private StartFailure failure(
      PodView pod, ContainerView container, Sandbox sandbox, String reason, RuntimeFailure e)
      throws RuntimeFailure {
    if (e.kind() == RuntimeFailure.Kind.UNAVAILABLE) {
      throw e;
    }
    String message = EngineWords.of(String.valueOf(e.getMessage()), container.name(), sandbox.id());
    return StartFailure.told(node.events(), pod, container, reason, message);
  }
}
