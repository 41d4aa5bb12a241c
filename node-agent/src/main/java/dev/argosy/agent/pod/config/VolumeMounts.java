package dev.argosy.agent.pod.config;

import dev.argosy.agent.runtime.spi.ContainerSpec.Extras.Device;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Where the volumes of a pod lie that are ready to be mounted. */
public interface VolumeMounts {

  /**
   * What the engine is to mount for one entry of a container's {@code volumeMounts}.
   *
   * @param subPath the part of the volume that is meant, variables replaced; empty for all of it
   */
  Mount of(String container, JsonNode volumeMount, String subPath)
      throws ConfigFailure, IOException;

  /** Which device the engine is to give for one entry of a container's {@code volumeDevices}. */
  Device device(JsonNode volumeDevice) throws ConfigFailure, IOException;
}
