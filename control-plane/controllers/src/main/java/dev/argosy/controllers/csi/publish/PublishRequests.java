package dev.argosy.controllers.csi.publish;

import dev.argosy.controllers.csi.Capability;
import dev.argosy.controllers.csi.CsiSecrets;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.csi.Site;
import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a driver is told of an attachment. */
final class PublishRequests {

  private final CsiSecrets secrets;

  PublishRequests(CsiSecrets secrets) {
    this.secrets = secrets;
  }

  ObjectNode publish(CsiVolume volume, String node, Site site) {
    JsonNode spec = volume.object().content().path("spec");
    ObjectNode request = about(volume, node);
    request.set("volumeCapability", new Capability(site).ofVolume(spec));
    if (site.can("PUBLISH_READONLY")) {
      request.put("readonly", spec.at("/csi/readOnly").asBoolean(false));
    }
    if (spec.at("/csi/volumeAttributes").isObject()) {
      request.set("volumeContext", spec.at("/csi/volumeAttributes").deepCopy());
    }
    return request;
  }

  ObjectNode takeBack(CsiVolume volume, String node) {
    return about(volume, node);
  }

  private ObjectNode about(CsiVolume volume, String node) {
    ObjectNode request = Json.object();
    request.put("volumeId", volume.handle()).put("nodeId", node);
    secrets.put(request, volume.cluster(), CsiSecrets.ref(volume, "controllerPublishSecretRef"));
    return request;
  }
}
