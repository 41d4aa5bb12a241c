package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Config maps and secrets: keys, total size, immutability, and what secret types demand. */
record ConfigRules(boolean secret) implements KindRules {

  private static final int MAX_SIZE = 1024 * 1024;
  private static final Path DATA = Path.of("data");
  private static final Path BINARY = Path.of("binaryData");
  private static final String FIXED = "field is immutable when `immutable` is set";

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode data = object.path("data");
    JsonNode binary = object.path("binaryData");
    long size = size(data, secret, DATA, checks);
    if (!secret) {
      size += size(binary, true, BINARY, checks);
      for (String key : data.propertyNames()) {
        if (binary.has(key)) {
          checks.invalid(DATA.key(key), key, "duplicate of key present in binaryData");
        }
      }
    }
    if (size > MAX_SIZE) {
      checks.tooLong(secret ? DATA : Path.ROOT, MAX_SIZE);
    }
    if (secret) {
      secretType(object, data, checks);
    }
  }

  private static long size(JsonNode data, boolean base64, Path path, Checks checks) {
    long size = 0;
    if (!data.isObject()) {
      return 0;
    }
    for (Map.Entry<String, JsonNode> entry : data.properties()) {
      checks.invalidAll(
          path.key(entry.getKey()), entry.getKey(), NameRules.configMapKey(entry.getKey()));
      String value = entry.getValue().asString("");
      size += base64 ? value.length() / 4L * 3 : value.length();
    }
    return size;
  }

  private static void secretType(ObjectNode object, JsonNode data, Checks checks) {
    switch (object.path("type").asString("")) {
      case "kubernetes.io/service-account-token" -> {
        String key = "kubernetes.io/service-account.name";
        JsonNode annotations = object.path("metadata").path("annotations");
        if (annotations.path(key).asString("").isEmpty()) {
          checks.required(Path.of("metadata").child("annotations").key(key), "");
        }
      }
      case "kubernetes.io/dockercfg" -> json(data, ".dockercfg", checks);
      case "kubernetes.io/dockerconfigjson" -> json(data, ".dockerconfigjson", checks);
      case "kubernetes.io/basic-auth" -> {
        if (!data.has("username") && !data.has("password")) {
          checks.required(DATA.key("username"), "");
          checks.required(DATA.key("password"), "");
        }
      }
      case "kubernetes.io/ssh-auth" -> {
        if (data.path("ssh-privatekey").asString("").isEmpty()) {
          checks.required(DATA.key("ssh-privatekey"), "");
        }
      }
      case "kubernetes.io/tls" -> {
        for (String key : new String[] {"tls.crt", "tls.key"}) {
          if (!data.has(key)) {
            checks.required(DATA.key(key), "");
          }
        }
      }
      default -> {}
    }
  }

  private static void json(JsonNode data, String key, Checks checks) {
    if (!data.has(key)) {
      checks.required(DATA.key(key), "");
      return;
    }
    try {
      Json.mapper().readTree(Base64.getDecoder().decode(data.path(key).asString("")));
    } catch (JacksonException | IllegalArgumentException e) {
      checks.invalid(DATA.key(key), "<secret contents redacted>", "invalid JSON");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (secret && !object.path("type").equals(old.path("type"))) {
      checks.immutable(Path.of("type"), object.path("type"));
    }
    if (!old.path("immutable").asBoolean(false)) {
      return;
    }
    if (!object.path("immutable").asBoolean(false)) {
      checks.forbidden(Path.of("immutable"), FIXED);
    }
    if (!object.path("data").equals(old.path("data"))) {
      checks.forbidden(DATA, FIXED);
    }
    if (!object.path("binaryData").equals(old.path("binaryData"))) {
      checks.forbidden(BINARY, FIXED);
    }
  }
}
