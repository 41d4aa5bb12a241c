package dev.argosy.agent.resource;

import dev.argosy.agent.device.DeviceFailure;
import dev.argosy.agent.device.Grant;
import dev.argosy.agent.device.PodDevices;
import dev.argosy.agent.memory.NodeMemory;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;

/** Devices of containers whose memory lies on certain nodes. */
record WithMemory(PodDevices devices, NodeMemory memory) implements PodDevices {

  @Override
  public Grant of(PodView pod, ContainerView container) throws DeviceFailure {
    return devices.of(pod, container).onNodes(memory.of(pod, container));
  }
}
