package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Volumes that are wanted on a node. */
final class VolumeAttachmentRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final int MAX_METADATA = 256 * 1024;
  private static final int MAX_MESSAGE = 1024;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    CsiDriverRules.name(spec.path("attacher").asString(""), SPEC.child("attacher"), checks);
    source(spec.path("source"), SPEC.child("source"), checks);
    String node = spec.path("nodeName").asString("");
    checks.invalidAll(SPEC.child("nodeName"), node, NameRules.dnsSubdomain(node));
  }

  private static void source(JsonNode source, Path path, Checks checks) {
    boolean inline = source.has("inlineVolumeSpec");
    boolean named = source.has("persistentVolumeName");
    String one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
    if (!inline && !named) {
      checks.required(path, one);
    } else if (inline && named) {
      checks.forbidden(path, one);
    } else if (named) {
      String name = source.path("persistentVolumeName").asString("");
      Path at = path.child("persistentVolumeName");
      if (name.isEmpty()) {
        checks.required(at, "must specify non empty persistentVolumeName");
      } else {
        checks.invalidAll(at, name, NameRules.dnsSubdomain(name));
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (!object.path("spec").equals(old.path("spec"))) {
      checks.immutable(SPEC, object.path("spec"));
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode status = object.path("status");
    Path path = Path.of("status");
    long size = 0;
    for (Map.Entry<String, JsonNode> entry : status.path("attachmentMetadata").properties()) {
      size += bytes(entry.getKey()) + bytes(entry.getValue().asString(""));
    }
    if (size > MAX_METADATA) {
      checks.tooLong(path.child("attachmentMetadata"), MAX_METADATA);
    }
    for (String error : List.of("attachError", "detachError")) {
      if (bytes(status.path(error).path("message").asString("")) > MAX_MESSAGE) {
        checks.tooLong(path.child(error, "message"), MAX_MESSAGE);
      }
    }
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
