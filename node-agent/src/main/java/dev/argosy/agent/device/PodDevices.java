package dev.argosy.agent.device;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;

/** Devices of containers that are about to start. Any thread. */
@FunctionalInterface
public interface PodDevices {

  /** No plug-ins. */
  PodDevices NONE = (pod, container) -> Grant.NOTHING;

  /** What a container of a pod that was taken gets; asked before each start. */
  Grant of(PodView pod, ContainerView container) throws DeviceFailure;
}
