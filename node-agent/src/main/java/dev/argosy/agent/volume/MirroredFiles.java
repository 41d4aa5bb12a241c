package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.config.FieldValues;
import dev.argosy.agent.volume.AtomicFolder.Entry;
import dev.argosy.agent.volume.credential.CredentialFiles;
import dev.argosy.agent.volume.credential.PodCredentials;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The files of volumes that mirror the API: config maps, secrets, pod fields, tokens. */
final class MirroredFiles {

  private static final int DEFAULT_MODE = 0644;

  private final ConfigSource source;
  private final FieldValues fields;
  private final Path present;
  private final Clock clock;
  private final PodCredentials credentials;
  private final Map<String, Entry> files = new TreeMap<>();

  /**
   * Those of one volume.
   *
   * @param present where they lie, as far as they are there
   */
  MirroredFiles(
      ConfigSource source,
      FieldValues fields,
      Path present,
      Clock clock,
      PodCredentials credentials) {
    this.source = source;
    this.fields = fields;
    this.present = present;
    this.clock = clock;
    this.credentials = credentials;
  }

  Map<String, Entry> of(JsonNode volume) throws ConfigFailure, IOException {
    if (volume.path("projected").isObject()) {
      int mode = volume.path("projected").path("defaultMode").asInt(DEFAULT_MODE);
      JsonNode sources = volume.path("projected").path("sources");
      for (int i = 0; i < sources.size(); i++) {
        JsonNode certificate = sources.get(i).path("podCertificate");
        if (certificate.isObject()) {
          String place = volume.path("name").asString("") + "/" + i;
          credential(certificate, place, mode);
        } else {
          add(sources.get(i), mode);
        }
      }
    } else {
      String kind =
          volume.path("configMap").isObject()
              ? "configMap"
              : volume.path("secret").isObject() ? "secret" : "downwardAPI";
      add(volume, volume.path(kind).path("defaultMode").asInt(DEFAULT_MODE));
    }
    return files;
  }

  private void add(JsonNode from, int mode) throws ConfigFailure, IOException {
    if (from.path("configMap").isObject()) {
      entries(from.path("configMap"), false, mode);
    } else if (from.path("secret").isObject()) {
      entries(from.path("secret"), true, mode);
    } else if (from.path("downwardAPI").isObject()) {
      downward(from.path("downwardAPI"), mode);
    } else if (from.path("serviceAccountToken").isObject()) {
      token(from.path("serviceAccountToken"), mode);
    } else if (from.path("clusterTrustBundle").isObject()) {
      bundle(from.path("clusterTrustBundle"), mode);
    } else {
      throw new ConfigFailure("this node projects no source of that kind");
    }
  }

  private void entries(JsonNode from, boolean secret, int mode) throws ConfigFailure {
    String plain = from.path("name").asString("");
    String name = plain.isEmpty() ? from.path("secretName").asString("") : plain;
    boolean optional = from.path("optional").asBoolean(false);
    ObjectKey pod = fields.pod().key();
    Optional<Map<String, byte[]>> found =
        secret ? source.secret(pod, name) : source.configMap(pod, name);
    if (found.isEmpty() && !optional) {
      throw new ConfigFailure((secret ? "secret" : "configmap") + " \"" + name + "\" not found");
    }
    Map<String, byte[]> all = found.orElse(Map.of());
    if (!from.path("items").isArray()) {
      all.forEach((key, value) -> files.put(key, new Entry(value, mode)));
      return;
    }
    for (JsonNode item : from.path("items")) {
      byte[] value = all.get(item.path("key").asString(""));
      if (value != null) {
        put(item, value, mode);
      } else if (!optional) {
        throw new ConfigFailure(
            "references non-existent "
                + (secret ? "secret" : "config")
                + " key: "
                + item.path("key").asString(""));
      }
    }
  }

  private void put(JsonNode item, byte[] value, int mode) throws ConfigFailure {
    String path = item.path("path").asString("");
    if (path.isEmpty() || path.startsWith("/") || List.of(path.split("/")).contains("..")) {
      throw new ConfigFailure("invalid path in a volume: \"" + path + "\"");
    }
    files.put(path, new Entry(value, item.path("mode").asInt(mode)));
  }

  private void bundle(JsonNode from, int mode) throws ConfigFailure {
    String path = from.path("path").asString("");
    byte[] anchors = new TrustBundles(source).of(fields.pod().key(), from);
    put(Json.object().put("path", path), anchors, mode);
  }

  private void downward(JsonNode from, int mode) throws ConfigFailure {
    for (JsonNode item : from.path("items")) {
      String value =
          item.path("fieldRef").isObject()
              ? fields.field(item.path("fieldRef").path("fieldPath").asString(""))
              : resource(item.path("resourceFieldRef"));
      put(item, value.getBytes(StandardCharsets.UTF_8), mode);
    }
  }

  private String resource(JsonNode reference) throws ConfigFailure {
    String wanted = reference.path("containerName").asString("");
    for (var container : fields.pod().all()) {
      if (container.name().equals(wanted)) {
        return fields.resource(container, reference);
      }
    }
    throw new ConfigFailure("no container named \"" + wanted + "\"");
  }

  private void token(JsonNode from, int mode) throws ConfigFailure, IOException {
    String path = from.path("path").asString("token");
    own(path, token(from, path), mode);
  }

  /** What is its pod's own others on the node read only by the pod's group. */
  private void own(String path, byte[] content, int mode) throws ConfigFailure {
    JsonNode spec = fields.pod().spec();
    int user = PodUser.of(spec);
    boolean narrowed = user >= 0 || spec.path("securityContext").path("fsGroup").isNumber();
    put(Json.object().put("path", path), content, narrowed ? 0600 : mode);
    files.computeIfPresent(path, (_, entry) -> new Entry(entry.bytes(), entry.mode(), user));
  }

  /** While there is no newer one, what is there stays. */
  private void credential(JsonNode from, String place, int mode) throws ConfigFailure, IOException {
    CredentialFiles wanted = CredentialFiles.of(from);
    Map<String, byte[]> contents;
    try {
      contents = wanted.contents(credentials.of(fields.pod(), place, from));
    } catch (ConfigFailure e) {
      contents = wanted.present(present);
      if (contents.isEmpty()) {
        throw e;
      }
    }
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      own(file.getKey(), file.getValue(), mode);
    }
  }

  private byte[] token(JsonNode from, String path) throws ConfigFailure, IOException {
    Path file = present.resolve(path);
    if (Files.exists(file)) {
      byte[] token = Files.readAllBytes(file);
      if (!TokenTimes.old(token, clock.instant())) {
        return token;
      }
    }
    String account = fields.pod().spec().path("serviceAccountName").asString("default");
    return source
        .token(
            fields.pod().key(),
            fields.pod().uid(),
            account,
            from.path("audience").asString(""),
            from.path("expirationSeconds").asLong(3600))
        .getBytes(StandardCharsets.UTF_8);
  }
}
