package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ObjectKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Namespaces with very much in them. */
class LargeNamespaceTest {

  @Test
  void a_large_namespace_is_emptied_in_turns() {
    try (TestCluster cluster = new TestCluster()) {
      for (int i = 0; i < 1200; i++) {
        cluster.create(Kinds.CONFIG_MAPS, TestCluster.object("v1", "ConfigMap", "m" + i));
      }
      AtomicInteger turns = new AtomicInteger();
      cluster.api.setFault((verb, resource, name) -> {
        if (verb.equals("list") && resource.equals(Kinds.CONFIG_MAPS)) {
          turns.incrementAndGet();
        }
        return Optional.empty();
      });
      ObjectKey namespace = new ObjectKey(Kinds.NAMESPACES, TestCluster.TENANT, "", "default");
      cluster.client.delete(namespace, DeleteOptions.DEFAULT).orThrow();
      cluster.await("the end", () -> cluster.client.get(namespace).orAbsent().isEmpty());
      assertThat(turns.get()).isGreaterThanOrEqualTo(3);
    }
  }
}
