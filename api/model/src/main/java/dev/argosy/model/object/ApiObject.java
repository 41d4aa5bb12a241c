package dev.argosy.model.object;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One revision of one object: its canonical JSON, complete with {@code resourceVersion}, and the
 * metadata that the system reads. Immutable, shared freely; the bytes never leave it uncopied
 * except to a stream.
 *
 * <p>Readers that need more than metadata decode once into a small record of their own and keep
 * that, from {@link #content()}; {@link #tree()} and {@link #as(Class)} parse on every call.
 */
public final class ApiObject {

  private final ObjectKey key;
  private final long revision;
  private final byte[] json;
  private final ObjectMeta meta;
  private final int managed;
  private final int metadataEnd;
  private volatile @Nullable Derived derived;
  private volatile @Nullable WeakReference<ObjectNode> content;

  private ApiObject(ObjectKey key, long revision, byte[] json, CanonicalBytes.Metadata metadata) {
    this.key = key;
    this.revision = revision;
    this.json = json;
    this.meta = metadata.meta();
    this.managed = metadata.managed();
    this.metadataEnd = metadata.end();
  }

  /**
   * The object of a stored value.
   *
   * @param stored canonical JSON without {@code metadata.resourceVersion}
   * @param revision the store's revision of that value, which becomes {@code resourceVersion}
   * @throws IllegalArgumentException if the bytes are no canonical object
   */
  public static ApiObject ofStored(ObjectKey key, long revision, byte[] stored) {
    byte[] json = CanonicalBytes.withResourceVersion(stored, revision);
    return new ApiObject(key, revision, json, CanonicalBytes.readMeta(json));
  }

  /**
   * The object of a wire body, as a remote client receives it.
   *
   * @param revision the number in {@code metadata.resourceVersion}
   */
  public static ApiObject ofWire(ObjectKey key, long revision, byte[] json) {
    byte[] own = json.clone();
    return new ApiObject(key, revision, own, CanonicalBytes.readMeta(own));
  }

  /**
   * The same state under another revision, as a deletion is reported. Only for objects of stored
   * values, whose resourceVersion stands first in metadata.
   */
  public ApiObject withRevision(long other) {
    byte[] changed = CanonicalBytes.changeResourceVersion(json, other);
    int longer = changed.length - json.length;
    return new ApiObject(
        key,
        other,
        changed,
        new CanonicalBytes.Metadata(meta, metadataEnd + longer, managed + longer));
  }

  public ObjectKey key() {
    return key;
  }

  public String cluster() {
    return key.cluster();
  }

  public String namespace() {
    return key.namespace();
  }

  public String name() {
    return key.name();
  }

  /** The revision of the store that wrote it; {@code metadata.resourceVersion}. */
  public long revision() {
    return revision;
  }

  public ObjectMeta meta() {
    return meta;
  }

  /** Whether it is in this version, {@code GROUP/VERSION} or {@code VERSION}; parses nothing. */
  public boolean isIn(String apiVersion) {
    return CanonicalBytes.hasApiVersion(json, apiVersion);
  }

  /** Whether a stored value says the same, whatever the order of its members. */
  public boolean says(byte[] stored) {
    byte[] own = CanonicalBytes.withoutResourceVersion(json);
    return Arrays.equals(own, stored)
        || own.length == stored.length && Json.parse(own).equals(Json.parse(stored));
  }

  /** Length of the JSON in bytes. */
  public int size() {
    return json.length;
  }

  /** Length in bytes of the value that the store has. */
  public int storedSize() {
    return CanonicalBytes.lengthWithoutResourceVersion(json);
  }

  /** Writes the JSON, all of it. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(json);
  }

  /**
   * Writes the JSON as an item of a list.
   *
   * @param typed whether apiVersion and kind stay; lists of built-in kinds say them once, in front
   * @param withCluster whether {@code metadata.clusterName} is added, as lists over all clusters
   *     have it
   */
  public void writeItemTo(OutputStream out, boolean typed, boolean withCluster) throws IOException {
    int metadata = CanonicalBytes.metadataStart(json);
    int from = 0;
    if (!typed) {
      out.write('{');
      from = metadata - CanonicalBytes.METADATA_LENGTH;
    }
    if (withCluster) {
      out.write(json, from, metadata - from);
      out.write(CanonicalBytes.clusterMember(key.cluster()));
      from = metadata;
    }
    out.write(json, from, json.length - from);
  }

  /** Writes the JSON of {@code metadata} alone, braces included. */
  public void writeMetadataTo(OutputStream out, boolean withCluster) throws IOException {
    int start = CanonicalBytes.metadataStart(json);
    out.write('{');
    if (withCluster) {
      out.write(CanonicalBytes.clusterMember(key.cluster()));
    }
    out.write(json, start, metadataEnd - start);
  }

  /** A new tree of {@code metadata} alone. */
  public ObjectNode metadataTree() {
    int start = CanonicalBytes.metadataStart(json) - 1;
    return Json.parse(json, start, metadataEnd - start);
  }

  /**
   * Something made of this revision and kept as long as it is, such as another wire form of it. One
   * of each type is kept; whoever asks with another maker gets, and keeps, a new one.
   *
   * @param maker whose it is, compared by identity; the schema of a kind, for example
   * @param make may run more than once if threads race
   */
  public <T> T derived(Class<T> type, Object maker, Function<ApiObject, T> make) {
    Derived known = Derived.find(derived, type);
    if (known != null && known.maker() == maker) {
      return type.cast(known.value());
    }
    T made = make.apply(this);
    synchronized (this) {
      derived = new Derived(type, maker, made, Derived.without(derived, type));
    }
    return made;
  }

  /** A copy of the JSON. */
  public byte[] toBytes() {
    return json.clone();
  }

  /**
   * A tree without {@code managedFields}, for readers: those of the same time share it, so it must
   * not be changed. Most of what is not read of an object is in managedFields.
   */
  public JsonNode content() {
    WeakReference<ObjectNode> last = content;
    ObjectNode known = last == null ? null : last.get();
    if (known != null) {
      return known;
    }
    ObjectNode made = Json.parse(withoutManagedFields());
    made.withObject("/metadata").remove(Json.MANAGED_FIELDS);
    content = new WeakReference<>(made);
    return made;
  }

  /** Without them if they are the last of metadata, as in all that is stored. */
  private byte[] withoutManagedFields() {
    if (managed == metadataEnd) {
      return json;
    }
    int comma = managed;
    while (json[comma] != ',' && json[comma] != '{') {
      comma--;
    }
    int from = json[comma] == ',' ? comma : comma + 1;
    int rest = json.length - (metadataEnd - 1);
    byte[] shorter = Arrays.copyOf(json, from + rest);
    System.arraycopy(json, metadataEnd - 1, shorter, from, rest);
    return shorter;
  }

  /**
   * A string of the object, found in its bytes without a tree; empty if there is none.
   *
   * @param section a member behind metadata, such as {@code spec}; its name needs no escapes
   * @param member of the section
   */
  public String text(String section, String member) {
    int within = RawJson.member(json, metadataEnd, quoted(section));
    if (within < 0 || json[within] != '{') {
      return "";
    }
    int value = RawJson.member(json, within + 1, quoted(member));
    return value < 0 ? "" : RawJson.text(json, value);
  }

  private static byte[] quoted(String name) {
    return ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
  }

  /** A new tree that the caller may change. */
  public ObjectNode tree() {
    return Json.parse(json);
  }

  /** A new typed object (fabric8 model or a record) that the caller may change. */
  public <T> T as(Class<T> type) {
    return Json.mapper().readValue(json, type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApiObject o
        && revision == o.revision
        && key.equals(o.key)
        && Arrays.equals(json, o.json);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Long.hashCode(revision);
  }

  @Override
  public String toString() {
    return key + "@" + revision;
  }
}
