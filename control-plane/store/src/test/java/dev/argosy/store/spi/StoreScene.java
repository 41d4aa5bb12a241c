package dev.argosy.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change.Create;
import dev.argosy.store.spi.CommitResult.Committed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.TestInfo;

/** A store under test, and what is put into it. */
abstract class StoreScene {

  /** The store under test. */
  protected abstract ResourceStore store();

  /** Forgets history below a revision. */
  protected abstract void compact(long revision);

  /** Lets time go by, where the test has it in its hand. */
  protected void pass(Duration time) {}

  /** A resource that the store takes. */
  protected GroupResource resource() {
    return new GroupResource("", "configmaps");
  }

  /** Another one, ordered behind the first. */
  protected GroupResource otherResource() {
    return new GroupResource("apps", "deployments");
  }

  /** Canonical JSON of an object with this content in it. */
  protected byte[] value(ObjectKey key, String content) {
    return ("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
            + key.name()
            + "\",\"namespace\":\""
            + key.namespace()
            + "\",\"annotations\":{\"content\":\""
            + content
            + "\"}}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  ObjectKey key(TestInfo test, String name) {
    return key(cluster(test), "default", name);
  }

  ObjectKey key(String cluster, String namespace, String name) {
    return new ObjectKey(resource(), cluster, namespace, name);
  }

  static String cluster(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
  }

  long committed(Change... changes) {
    CommitResult result = store().commit(List.of(changes));
    assertThat(result).isInstanceOf(Committed.class);
    return ((Committed) result).revision();
  }

  long create(ObjectKey key) {
    return committed(new Create(key, value(key, "new")));
  }
}
