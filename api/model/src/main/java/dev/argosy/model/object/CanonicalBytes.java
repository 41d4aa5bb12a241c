package dev.argosy.model.object;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads and splices canonical JSON without building trees. */
final class CanonicalBytes {

  private static final byte[] API_VERSION = "{\"apiVersion\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] METADATA = "\"metadata\":{".getBytes(StandardCharsets.UTF_8);
  private static final byte[] RESOURCE_VERSION =
      "\"resourceVersion\":\"".getBytes(StandardCharsets.UTF_8);

  static final int METADATA_LENGTH = METADATA.length;

  private CanonicalBytes() {}

  /** The member that names the logical cluster; resourceVersion always follows it. */
  static byte[] clusterMember(String cluster) {
    return ("\"clusterName\":\"" + cluster + "\",").getBytes(StandardCharsets.UTF_8);
  }

  static byte[] withResourceVersion(byte[] stored, long revision) {
    int at = metadataStart(stored);
    boolean empty = stored[at] == '}';
    byte[] member =
        ("\"resourceVersion\":\"" + revision + (empty ? "\"" : "\","))
            .getBytes(StandardCharsets.UTF_8);
    byte[] json = new byte[stored.length + member.length];
    System.arraycopy(stored, 0, json, 0, at);
    System.arraycopy(member, 0, json, at, member.length);
    System.arraycopy(stored, at, json, at + member.length, stored.length - at);
    return json;
  }

  /** What was there before {@link #withResourceVersion}; the same if that has not been. */
  static byte[] withoutResourceVersion(byte[] json) {
    int start = metadataStart(json);
    int end = start + resourceVersionLength(json, start);
    if (start == end) {
      return json;
    }
    byte[] stored = new byte[json.length - (end - start)];
    System.arraycopy(json, 0, stored, 0, start);
    System.arraycopy(json, end, stored, start, json.length - end);
    return stored;
  }

  /** How long that is. */
  static int lengthWithoutResourceVersion(byte[] json) {
    return json.length - resourceVersionLength(json, metadataStart(json));
  }

  /** Of the member with its comma; 0 if it does not begin there. */
  private static int resourceVersionLength(byte[] json, int start) {
    if (!RawJson.startsWith(json, start, RESOURCE_VERSION)) {
      return 0;
    }
    int end = start + RESOURCE_VERSION.length;
    while (json[end] != '"') {
      end++;
    }
    return end + (json[end + 1] == ',' ? 2 : 1) - start;
  }

  /** Replaces the resourceVersion that {@link #withResourceVersion} put in. */
  static byte[] changeResourceVersion(byte[] json, long revision) {
    int start = metadataStart(json);
    if (!RawJson.startsWith(json, start, RESOURCE_VERSION)) {
      throw new IllegalArgumentException("no resourceVersion at the start of metadata");
    }
    int from = start + RESOURCE_VERSION.length;
    int to = from;
    while (json[to] != '"') {
      to++;
    }
    byte[] digits = Long.toString(revision).getBytes(StandardCharsets.UTF_8);
    byte[] changed = new byte[json.length - (to - from) + digits.length];
    System.arraycopy(json, 0, changed, 0, from);
    System.arraycopy(digits, 0, changed, from, digits.length);
    System.arraycopy(json, to, changed, from + digits.length, json.length - to);
    return changed;
  }

  /**
   * Offset just behind the opening brace of {@code metadata}, which follows apiVersion and kind.
   */
  static int metadataStart(byte[] json) {
    int i = 1;
    while (!RawJson.startsWith(json, i, METADATA)) {
      i = afterStringMember(json, i);
    }
    return i + METADATA.length;
  }

  /** Whether {@code apiVersion}, which stands first, says this. */
  static boolean hasApiVersion(byte[] json, String apiVersion) {
    int end = API_VERSION.length + apiVersion.length();
    if (!RawJson.startsWith(json, 0, API_VERSION) || json.length <= end || json[end] != '"') {
      return false;
    }
    for (int i = 0; i < apiVersion.length(); i++) {
      if (json[API_VERSION.length + i] != apiVersion.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Skips {@code "name":"value",}; only apiVersion and kind stand before metadata. */
  private static int afterStringMember(byte[] json, int at) {
    int quotes = 0;
    for (int i = at; i < json.length; i++) {
      if (json[i] == '"' && ++quotes == 4) {
        return i + 2;
      }
    }
    throw new IllegalArgumentException("not a canonical object: no metadata");
  }

  /**
   * What stands in {@code metadata}.
   *
   * @param end offset behind its closing brace
   * @param managed offset of the member {@code managedFields}, if it is the last one, else {@code
   *     end}
   */
  record Metadata(ObjectMeta meta, int end, int managed) {}

  static Metadata readMeta(byte[] json) {
    try (JsonParser parser = Json.mapper().createParser(json)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("metadata")) {
          ObjectMeta meta = new MetaReader().read(parser);
          return ended(meta, json, parser);
        }
        parser.skipChildren();
      }
    }
    throw new IllegalArgumentException("object without metadata");
  }

  /** Metadata was read to its end, or up to {@code managedFields}. */
  private static Metadata ended(ObjectMeta meta, byte[] json, JsonParser parser) {
    if (parser.currentToken() == JsonToken.END_OBJECT) {
      int end = (int) parser.currentLocation().getByteOffset();
      return new Metadata(meta, end, end);
    }
    int managed = (int) parser.currentTokenLocation().getByteOffset();
    int value = RawJson.valueOf(json, managed);
    int after = RawJson.token(json, RawJson.after(json, value));
    boolean last = json[after] == '}';
    int end = last ? after + 1 : RawJson.afterMembers(json, after);
    return new Metadata(meta, end, last ? managed : end);
  }

  private static void expect(@Nullable JsonToken found, JsonToken wanted) {
    if (found != wanted) {
      throw new IllegalArgumentException("expected " + wanted + ", found " + found);
    }
  }

  private static final class MetaReader {
    private String name = "";
    private String namespace = "";
    private String uid = "";
    private long generation;
    private Map<String, String> labels = Map.of();
    private Map<String, String> annotations = Map.of();
    private List<OwnerReference> owners = List.of();
    private List<String> finalizers = List.of();
    private @Nullable Instant created;
    private @Nullable Instant deleted;

    ObjectMeta read(JsonParser parser) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = parser.currentName();
        if (field.equals(Json.MANAGED_FIELDS)) {
          break; // long, and last
        }
        parser.nextToken();
        member(field, parser);
      }
      return new ObjectMeta(
          name,
          namespace,
          uid,
          generation,
          labels,
          annotations,
          owners,
          finalizers,
          created,
          deleted);
    }

    private void member(String field, JsonParser parser) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return;
      }
      switch (field) {
        case "name" -> name = parser.getString();
        case "namespace" -> namespace = parser.getString();
        case "uid" -> uid = parser.getString();
        case "generation" -> generation = parser.getLongValue();
        case "labels" -> labels = strings(parser);
        case "annotations" -> annotations = strings(parser);
        case "ownerReferences" -> owners = owners(parser);
        case "finalizers" -> finalizers = list(parser);
        case "creationTimestamp" -> created = Instant.parse(parser.getString());
        case "deletionTimestamp" -> deleted = Instant.parse(parser.getString());
        default -> parser.skipChildren();
      }
    }

    private static Map<String, String> strings(JsonParser parser) {
      Map<String, String> map = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        map.put(key, parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getString());
      }
      return map;
    }

    private static List<String> list(JsonParser parser) {
      List<String> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(parser.getString());
      }
      return list;
    }

    private static List<OwnerReference> owners(JsonParser parser) {
      List<OwnerReference> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(owner(parser));
      }
      return list;
    }

    private static OwnerReference owner(JsonParser parser) {
      Map<String, String> text = new LinkedHashMap<>();
      boolean controller = false;
      boolean block = false;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (field) {
          case "controller" -> controller = value == JsonToken.VALUE_TRUE;
          case "blockOwnerDeletion" -> block = value == JsonToken.VALUE_TRUE;
          default -> text.put(field, parser.getString());
        }
      }
      return new OwnerReference(
          text.getOrDefault("apiVersion", ""),
          text.getOrDefault("kind", ""),
          text.getOrDefault("name", ""),
          text.getOrDefault("uid", ""),
          controller,
          block);
    }
  }
}
