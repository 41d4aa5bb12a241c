package dev.argosy.agent.pod.config;

import dev.argosy.agent.pod.view.ContainerView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A container's environment, in the order of the specification; later names win. */
final class Environment {

  private final ConfigSource source;
  private final FieldValues fields;
  private final ContainerView container;
  private final EnvFiles files;
  private final Map<String, String> values;

  private Environment(
      ConfigSource source,
      FieldValues fields,
      ContainerView container,
      EnvFiles files,
      Map<String, String> first) {
    this.source = source;
    this.fields = fields;
    this.container = container;
    this.files = files;
    this.values = new LinkedHashMap<>(first);
  }

  static Map<String, String> of(
      ConfigSource source,
      FieldValues fields,
      ContainerView container,
      EnvFiles files,
      Map<String, String> first)
      throws ConfigFailure {
    Environment environment = new Environment(source, fields, container, files, first);
    for (JsonNode from : container.tree().path("envFrom")) {
      environment.addAll(from);
    }
    for (JsonNode one : container.tree().path("env")) {
      environment.add(one);
    }
    return environment.values;
  }

  private void addAll(JsonNode from) throws ConfigFailure {
    boolean secret = from.path("secretRef").isObject();
    JsonNode reference = secret ? from.path("secretRef") : from.path("configMapRef");
    String prefix = from.path("prefix").asString("");
    entries(secret, reference)
        .orElse(Map.of())
        .forEach((key, value) -> values.put(prefix + key, text(value)));
  }

  private void add(JsonNode one) throws ConfigFailure {
    String name = one.path("name").asString("");
    JsonNode from = one.path("valueFrom");
    if (!from.isObject()) {
      values.put(name, Expansion.expand(one.path("value").asString(""), values));
      return;
    }
    @Nullable String value = valueFrom(from);
    if (value != null) {
      values.put(name, value);
    }
  }

  private @Nullable String valueFrom(JsonNode from) throws ConfigFailure {
    if (from.path("fieldRef").isObject()) {
      return fields.field(from.path("fieldRef").path("fieldPath").asString(""));
    }
    if (from.path("resourceFieldRef").isObject()) {
      return fields.resource(container, from.path("resourceFieldRef"));
    }
    if (from.path("fileKeyRef").isObject()) {
      return files.value(from.path("fileKeyRef")).orElse(null);
    }
    boolean secret = from.path("secretKeyRef").isObject();
    if (!secret && !from.path("configMapKeyRef").isObject()) {
      throw new ConfigFailure("this node knows no such source of variables: " + from);
    }
    JsonNode reference = secret ? from.path("secretKeyRef") : from.path("configMapKeyRef");
    String key = reference.path("key").asString("");
    Optional<Map<String, byte[]>> entries = entries(secret, reference);
    byte[] value = entries.orElse(Map.of()).get(key);
    if (value == null && !reference.path("optional").asBoolean(false)) {
      throw new ConfigFailure(
          "couldn't find key %s in %s %s/%s"
              .formatted(
                  key,
                  secret ? "Secret" : "ConfigMap",
                  fields.pod().key().namespace(),
                  reference.path("name").asString("")));
    }
    return value == null ? null : text(value);
  }

  private Optional<Map<String, byte[]>> entries(boolean secret, JsonNode reference)
      throws ConfigFailure {
    String name = reference.path("name").asString("");
    Optional<Map<String, byte[]>> entries =
        secret
            ? source.secret(fields.pod().key(), name)
            : source.configMap(fields.pod().key(), name);
    if (entries.isEmpty() && !reference.path("optional").asBoolean(false)) {
      throw new ConfigFailure((secret ? "secret" : "configmap") + " \"" + name + "\" not found");
    }
    return entries;
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  static List<String> lines(Map<String, String> values) {
    List<String> lines = new ArrayList<>();
    values.forEach((name, value) -> lines.add(name + "=" + value));
    return lines;
  }
}
