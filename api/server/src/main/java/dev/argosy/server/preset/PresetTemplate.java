package dev.argosy.server.preset;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.ObjectMeta;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A preset in canonical JSON that lacks what is each cluster's own: uid, creationTimestamp, and
 * other times that stand in it as {@link #CREATED}.
 *
 * @param head the JSON up to the first member of metadata
 * @param tail the JSON from there on, in pieces with a time between
 */
public record PresetTemplate(
    GroupResource resource, String namespace, String name, byte[] head, List<byte[]> tail) {

  /** Stands for the time at which the cluster was made. */
  public static final String CREATED = "$CREATED";

  /** Older than any stored object: in every store the first write comes after it. */
  private static final long REVISION = 1;

  public PresetTemplate {
    tail = List.copyOf(tail);
  }

  /** A template of an object that says everything else. */
  public static PresetTemplate of(GroupResource resource, ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    String json = new String(Json.canonical(object), StandardCharsets.UTF_8);
    int split = json.indexOf("\"metadata\":{") + "\"metadata\":{".length();
    return new PresetTemplate(
        resource,
        metadata.path("namespace").asString(""),
        metadata.path("name").asString(""),
        bytes(json.substring(0, split)),
        Arrays.stream(json.substring(split).split("\\" + CREATED, -1))
            .map(PresetTemplate::bytes)
            .toList());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The object of one cluster.
   *
   * @param home of the namespace that is as old as the cluster
   */
  public ApiObject in(String cluster, ObjectMeta home) {
    ObjectKey key = new ObjectKey(resource, cluster, namespace, name);
    UUID uid =
        UUID.nameUUIDFromBytes(bytes(home.uid() + "/" + resource + "/" + namespace + "/" + name));
    byte[] created = bytes(String.valueOf(home.creationTimestamp()));
    ByteArrayOutputStream json = new ByteArrayOutputStream(head.length + 1024);
    json.writeBytes(head);
    json.writeBytes(bytes("\"uid\":\"" + uid + "\",\"creationTimestamp\":\""));
    json.writeBytes(created);
    json.writeBytes(bytes("\","));
    for (int i = 0; i < tail.size(); i++) {
      if (i > 0) {
        json.writeBytes(created);
      }
      json.writeBytes(tail.get(i));
    }
    return ApiObject.ofStored(key, REVISION, json.toByteArray());
  }
}
