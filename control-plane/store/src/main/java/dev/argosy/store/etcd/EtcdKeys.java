package dev.argosy.store.etcd;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import io.etcd.jetcd.ByteSequence;

/**
 * The keys: {@code PREFIX/GROUP/RESOURCE/CLUSTER,NAMESPACE,NAME}, the core group as {@code -}.
 *
 * <p>The comma sorts below every character that clusters and namespaces may have, which a slash
 * does not ({@code -} and {@code .} come first); so the order of keys is that of {@link ObjectKey}
 * within a resource. Characters are written as {@link Cesu8}, whose bytes order like Java's
 * strings.
 */
final class EtcdKeys {

  private static final char SEPARATOR = ',';
  private static final char AFTER_SEPARATOR = '-';
  private static final String CORE = "-";

  private final String root;

  EtcdKeys(String prefix) {
    this.root = prefix + "/";
  }

  /** The key that is written to see how far the watch has come. No object has it. */
  ByteSequence fence() {
    return bytes(root + "!fence");
  }

  ByteSequence start() {
    return bytes(root);
  }

  /** Behind all keys. */
  ByteSequence end() {
    return bytes(root.substring(0, root.length() - 1) + "0");
  }

  ByteSequence of(ObjectKey key) {
    return bytes(
        clusterStart(key.resource(), key.cluster())
            + checked(key.namespace())
            + SEPARATOR
            + key.name());
  }

  /** The first key that may follow this one. */
  ByteSequence behind(ObjectKey key) {
    return of(key).concat(ByteSequence.from(new byte[1]));
  }

  /**
   * @param cluster empty for all
   */
  ByteSequence start(GroupResource resource, String cluster) {
    return bytes(cluster.isEmpty() ? resourceStart(resource) : clusterStart(resource, cluster));
  }

  /** Behind the last key of a resource or a cluster in it. */
  ByteSequence end(GroupResource resource, String cluster) {
    String start = resourceStart(resource);
    return bytes(
        cluster.isEmpty()
            ? start.substring(0, start.length() - 1) + "0"
            : start + checked(cluster) + AFTER_SEPARATOR);
  }

  /**
   * The object key of an etcd key.
   *
   * @throws IllegalArgumentException if it is none
   */
  ObjectKey decode(ByteSequence key) {
    String text = Cesu8.decode(key.getBytes());
    int group = root.length();
    int resource = text.indexOf('/', group) + 1;
    int cluster = resource == 0 ? 0 : text.indexOf('/', resource) + 1;
    int namespace = cluster == 0 ? 0 : text.indexOf(SEPARATOR, cluster) + 1;
    int name = namespace == 0 ? 0 : text.indexOf(SEPARATOR, namespace) + 1;
    if (!text.startsWith(root) || name == 0) {
      throw new IllegalArgumentException("not the key of an object: " + text);
    }
    String groupName = text.substring(group, resource - 1);
    return new ObjectKey(
        new GroupResource(
            groupName.equals(CORE) ? "" : groupName, text.substring(resource, cluster - 1)),
        text.substring(cluster, namespace - 1),
        text.substring(namespace, name - 1),
        text.substring(name));
  }

  private String resourceStart(GroupResource resource) {
    String group = resource.group().isEmpty() ? CORE : resource.group();
    return root + checked(group) + "/" + checked(resource.resource()) + "/";
  }

  private String clusterStart(GroupResource resource, String cluster) {
    return resourceStart(resource) + checked(cluster) + SEPARATOR;
  }

  private static String checked(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) <= SEPARATOR || segment.charAt(i) == '/') {
        throw new IllegalArgumentException(
            "not allowed in a group, cluster or namespace: " + segment);
      }
    }
    return segment;
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(Cesu8.encode(text));
  }
}
