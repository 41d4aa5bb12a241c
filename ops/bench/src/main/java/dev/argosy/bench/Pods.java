package dev.argosy.bench;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;

/** Pods of the size that pods have. */
final class Pods {

  static final GroupResource PODS = new GroupResource("", "pods");
  private static final String FILLER = "x".repeat(1_500);

  private Pods() {}

  /** One of many, spread over 100 clusters. */
  static ObjectKey key(int number) {
    return new ObjectKey(PODS, "tenant-" + number % 100, "default", "web-7d4b9c6f5d-" + number);
  }

  /** About two kilobytes. */
  static byte[] json(ObjectKey key, int number) {
    String json =
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"default",\
        "uid":"8f1d2c3b-4a5e-4f60-9b7c-%012d","creationTimestamp":"2026-01-01T00:00:00Z",\
        "labels":{"app":"web-%d","pod-template-hash":"7d4b9c6f5d"},"ownerReferences":[{\
        "apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-7d4b9c6f5d",\
        "uid":"rs-%d","controller":true}]},"spec":{"nodeName":"node-%d","containers":[{\
        "name":"web","image":"argosy/demo:1","env":[{"name":"FILLER","value":"%s"}]}]},\
        "status":{"phase":"Running"}}\
        """
            .formatted(key.name(), number, number / 10, number / 10, number % 1_000, FILLER);
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
