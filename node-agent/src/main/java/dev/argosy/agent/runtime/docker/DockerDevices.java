package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import dev.argosy.agent.runtime.spi.ContainerSpec.Extras;
import java.util.List;

/**
 * A container's devices, and where its memory lies, in Docker's words. Devices by CDI need an
 * engine that knows it (25 and later), and others refuse the container; Docker has no annotations
 * of containers.
 */
final class DockerDevices {

  private DockerDevices() {}

  static void give(HostConfig host, Extras extras) {
    if (!extras.devices().isEmpty()) {
      host.withDevices(
          extras.devices().stream()
              .map(d -> new Device(d.permissions(), d.containerPath(), d.hostPath()))
              .toList());
    }
    if (!extras.memoryNodes().isEmpty()) {
      host.withCpusetMems(extras.memoryNodes());
    }
    if (!extras.cdi().isEmpty()) {
      host.withDeviceRequests(
          List.of(new DeviceRequest().withDriver("cdi").withDeviceIds(extras.cdi())));
    }
  }
}
