package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A client's cache that lists once and follows a watch comes to hold exactly what its user may see,
 * whatever rights and objects do meanwhile, and however often the watch begins anew.
 */
class PartialCacheTest {

  private static final String MAPS = "/clusters/acme/api/v1/configmaps";
  private static final String[] SPACES = {"a", "b", "c"};
  private static final int STEPS = 150;

  @Test
  void aCacheSettlesOnWhatMayBeSeen(@TempDir Path folder) throws Exception {
    try (AccessRig rig = new AccessRig(folder)) {
      rig.tenant("acme", "ann");
      String ann = rig.issuer.token("ann");
      for (String space : SPACES) {
        ok(201, rig.call("POST", "/api/v1/namespaces", ann, named(space)));
      }
      URI base = URI.create("http://127.0.0.1:" + rig.server.port());
      try (Following cache = new Following(new TestClient(base, rig.issuer.token("iris")))) {
        Set<String> expected = changes(rig, ann);
        AccessRig.await(() -> cache.keys.equals(expected));
        assertThat(cache.lists).as("lists").isLessThan(2 * STEPS);
      }
    }
  }

  private static String named(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"}}";
  }

  /** Makes and breaks at random; answers what is to be seen in the end. */
  private static Set<String> changes(AccessRig rig, String ann) throws Exception {
    Random random = new Random(7);
    Set<String> bound = new TreeSet<>();
    Set<String> maps = new TreeSet<>();
    for (int i = 0; i < STEPS; i++) {
      String space = SPACES[random.nextInt(SPACES.length)];
      if (random.nextInt(4) == 0) {
        bind(rig, ann, space, bound.contains(space));
        if (!bound.remove(space)) {
          bound.add(space);
        }
      } else {
        String key = space + "/" + "m" + random.nextInt(5);
        String path = "/api/v1/namespaces/" + space + "/configmaps";
        if (maps.remove(key)) {
          ok(200, rig.call("DELETE", path + key.substring(1), ann, null));
        } else {
          ok(201, rig.call("POST", path, ann, named(key.substring(2))));
          maps.add(key);
        }
      }
    }
    if (bound.isEmpty()) {
      bind(rig, ann, "a", false);
      bound.add("a");
    }
    maps.removeIf(key -> !bound.contains(key.substring(0, 1)));
    return maps;
  }

  private static void bind(AccessRig rig, String ann, String space, boolean away) throws Exception {
    String path = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + space + "/rolebindings";
    if (away) {
      ok(200, rig.call("DELETE", path + "/iris", ann, null));
      return;
    }
    String body =
        """
        {"metadata":{"name":"iris"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"iris"}]}
        """;
    ok(201, rig.call("POST", path, ann, body));
  }

  /** Lists, watches for a second at a time, goes on where it was, lists again when told to. */
  private static final class Following implements AutoCloseable {
    private final TestClient client;
    private final Set<String> keys = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile boolean over;
    private volatile int lists;

    Following(TestClient client) {
      this.client = client;
      this.thread = Thread.ofVirtual().start(this::follow);
    }

    private void follow() {
      while (!over) {
        TestClient.Answer list = client.get(MAPS);
        keys.clear();
        if (list.code() == 200) {
          lists++;
          list.json().path("items").forEach(map -> keys.add(key(map)));
          watch(list.at("metadata.resourceVersion"));
        }
      }
    }

    private void watch(String from) {
      Optional<String> revision = Optional.of(from);
      while (!over && revision.isPresent()) {
        revision = once(revision.get());
      }
    }

    /** Where to go on; empty if it must list. */
    private Optional<String> once(String from) {
      String revision = from;
      try (TestStream stream =
          client.stream(MAPS + "?watch=1&timeoutSeconds=1&resourceVersion=" + from)) {
        for (Optional<JsonNode> next = stream.next(); next.isPresent(); next = stream.next()) {
          JsonNode object = next.get().path("object");
          switch (next.get().path("type").asString("")) {
            case "ADDED", "MODIFIED" -> keys.add(key(object));
            case "DELETED" -> keys.remove(key(object));
            default -> {
              return Optional.empty();
            }
          }
          revision = object.path("metadata").path("resourceVersion").asString("");
        }
        return stream.code() == 200 ? Optional.of(revision) : Optional.empty();
      }
    }

    private static String key(JsonNode map) {
      JsonNode meta = map.path("metadata");
      return meta.path("namespace").asString("") + "/" + meta.path("name").asString("");
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      thread.join();
    }
  }
}
