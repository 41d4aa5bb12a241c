package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.volume.PodImages;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Images that pods mount, fetched by the rules of their containers' images. */
final class VolumeImages {

  private final ImagePuller puller;

  VolumeImages(PodNode node, PodMemory memory) {
    this.puller = new ImagePuller(node.pulls(), node.events(), memory);
  }

  PodImages of(PodView pod) {
    return (volume, reference, pullPolicy) -> image(pod, reference, pullPolicy);
  }

  private Image image(PodView pod, String reference, String pullPolicy) throws ConfigFailure {
    ObjectNode asContainer = Json.object();
    asContainer.put("image", reference).put("imagePullPolicy", pullPolicy);
    try {
      return puller.ensure(pod, ContainerView.of(asContainer, false));
    } catch (StartFailure e) {
      throw new ConfigFailure(e.reason() + ": " + e.text());
    } catch (RuntimeFailure e) {
      throw new ConfigFailure(String.valueOf(e.getMessage()));
    }
  }
}
