package dev.argosy.store.cache;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;

/** Small objects for tests. */
final class Things {

  static final GroupResource PODS = new GroupResource("", "pods");

  private Things() {}

  static ObjectKey pod(String cluster, String namespace, String name) {
    return new ObjectKey(PODS, cluster, namespace, name);
  }

  /** Canonical bytes of a pod with one label, one owner and a node, each left out if empty. */
  static byte[] pod(ObjectKey key, String app, String owner, String node) {
    String labels = app.isEmpty() ? "" : ",\"labels\":{\"app\":\"" + app + "\"}";
    String owners =
        owner.isEmpty()
            ? ""
            : ",\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"name\":\"o\",\"uid\":\""
                + owner
                + "\"}]";
    String spec = node.isEmpty() ? "{}" : "{\"nodeName\":\"" + node + "\"}";
    String json =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\""
            + key.name()
            + "\",\"namespace\":\""
            + key.namespace()
            + "\""
            + labels
            + owners
            + "},\"spec\":"
            + spec
            + "}";
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
