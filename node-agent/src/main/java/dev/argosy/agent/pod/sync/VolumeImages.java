package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.volume.ImageVolumes;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Images that containers mount, fetched by the rules of their own, and told as theirs are. */
final class VolumeImages {

  private final PodNode node;
  private final ImagePuller puller;

  VolumeImages(PodNode node, PodMemory memory) {
    this.node = node;
    this.puller = new ImagePuller(node.pulls(), node.events(), memory);
  }

  /** Makes those ready that a container mounts. */
  void prepare(PodView pod, ContainerView container, ImageVolumes volumes)
      throws StartFailure, RuntimeFailure {
    try {
      volumes.prepare(container, (reference, policy) -> image(pod, reference, policy));
    } catch (ConfigFailure e) {
      throw StartFailure.told(
          node.events(), pod, container, "CreateContainerError", String.valueOf(e.getMessage()));
    }
  }

  private Image image(PodView pod, String reference, String pullPolicy)
      throws StartFailure, RuntimeFailure {
    ObjectNode asContainer = Json.object();
    asContainer.put("image", reference).put("imagePullPolicy", pullPolicy);
    return puller.ensure(pod, ContainerView.of(asContainer, false));
  }
}
