package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.namespace.RemoteResources;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A namespace of a cluster that has an API server of its own. */
final class RemoteNamespaceScenarioTest {

  private static final GroupResource FLUNDERS = new GroupResource("wardle.example", "flunders");
  private static final ObjectKey NAMESPACE =
      new ObjectKey(Kinds.NAMESPACES, TestCluster.TENANT, "", "default");

  private volatile List<String> unheard = List.of();
  private final RemoteResources remote =
      cluster -> new RemoteResources.Served(List.of(FLUNDERS), unheard);
  private final TestCluster cluster = new TestCluster(remote);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void it_is_emptied_of_what_that_server_holds() {
    cluster.create(FLUNDERS, TestCluster.object("wardle.example/v1", "Flunder", "one"));
    cluster.client.delete(NAMESPACE, DeleteOptions.DEFAULT).orThrow();
    cluster.await("it is gone", () -> cluster.client.get(NAMESPACE).orAbsent().isEmpty());
    assertThat(cluster.list(FLUNDERS)).isEmpty();
  }

  @Test
  void it_stays_and_says_why_while_that_server_is_not_heard() {
    unheard = List.of("wardle.example/v1");
    cluster.client.delete(NAMESPACE, DeleteOptions.DEFAULT).orThrow();
    cluster.await("it says so", () -> condition().contains("stale GroupVersion discovery"));
    unheard = List.of();
    cluster.await("it is gone", () -> cluster.client.get(NAMESPACE).orAbsent().isEmpty());
  }

  private String condition() {
    return cluster
        .client
        .get(NAMESPACE)
        .orThrow()
        .tree()
        .path("status")
        .path("conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals("NamespaceDeletionDiscoveryFailure"))
        .map(c -> c.path("status").asString("") + " " + c.path("message").asString(""))
        .findFirst()
        .orElse("");
  }
}
