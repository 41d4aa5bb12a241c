package dev.argosy.server.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.access.Reach;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A part of a collection out of the store's history, which the cache no longer keeps. */
class InReachTest {

  private static final KindSchema MAPS =
      BuiltinKinds.load()
          .ofCluster("acme")
          .preferred(new GroupResource("", "configmaps"))
          .orElseThrow();
  private static final LogicalCluster ACME =
      new LogicalCluster("acme", "u", Phase.ACTIVE, Set.of());

  @Test
  void historySkipsWhatIsNotSeen() {
    MemoryStore store = new MemoryStore();
    long revision = 0;
    for (String space : List.of("a", "b", "c", "c-d", "e")) {
      for (int i = 0; i < 3; i++) {
        revision = put(store, key(space, "m" + i));
      }
    }
    put(store, key("c", "late"));
    View part = View.of(MAPS, ACME, "").within(Reach.of(List.of("a", "c", "gone"), ""));
    assertThat(names(store, part, revision, null))
        .containsExactly("a/m0", "a/m1", "a/m2", "c/m0", "c/m1", "c/m2");
    assertThat(names(store, part, revision, key("a", "m1")))
        .containsExactly("a/m2", "c/m0", "c/m1", "c/m2");
    assertThat(names(store, part, revision, key("b", "m1")))
        .containsExactly("c/m0", "c/m1", "c/m2");
    assertThat(names(store, part, revision, key("c-d", "m1"))).isEmpty();
    store.close();
  }

  private static List<String> names(
      MemoryStore store, View view, long revision, @Nullable ObjectKey after) {
    List<String> names = new ArrayList<>();
    Candidates.ofHistory(view, store, revision, after)
        .orElseThrow()
        .objects()
        .forEachRemaining(
            (ApiObject object) -> names.add(object.namespace() + "/" + object.name()));
    return names;
  }

  private static ObjectKey key(String namespace, String name) {
    return new ObjectKey(MAPS.storage(), "acme", namespace, name);
  }

  private static long put(MemoryStore store, ObjectKey key) {
    String json = "{\"metadata\":{\"name\":\"" + key.name() + "\"}}";
    CommitResult result =
        store.commit(List.of(new Change.Create(key, json.getBytes(StandardCharsets.UTF_8))));
    return ((CommitResult.Committed) result).revision();
  }
}
