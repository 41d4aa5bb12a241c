package dev.argosy.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.testing.TestServer;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.node.ObjectNode;

/** Whatever happens to labels, who follows a selecting watch knows what a list would show. */
class SelectorWatchProperties {

  private static final GroupResource MAPS = new GroupResource("", "configmaps");
  private static final ResourceScope SCOPE = ResourceScope.namespace(MAPS, "acme", "default");

  /** Each number is one step: which of three objects, and into or out of the selection, or gone. */
  @Property(tries = 10)
  void theImageIsTheSelection(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 8) Integer> steps)
      throws InterruptedException {
    try (TestServer server = TestServer.start()) {
      ApiClient api = server.admin();
      WatchOptions selected = new WatchOptions("in=yes", "", "", true, true);
      TreeSet<String> image = new TreeSet<>();
      TreeSet<String> truth = new TreeSet<>();
      try (WatchStream watch = api.watch(SCOPE, selected).orThrow()) {
        steps.forEach(step -> apply(api, "m" + step % 3, step / 3, truth));
        api.create(SCOPE, object("end", "yes")).orThrow();
        while (!image.contains("end")) {
          watch.next().forEach(event -> follow(event, image));
        }
      }
      image.remove("end");
      assertThat(image).isEqualTo(truth);
    }
  }

  private static void apply(ApiClient api, String name, int action, TreeSet<String> truth) {
    ObjectKey key = new ObjectKey(MAPS, "acme", "default", name);
    if (action == 2) {
      api.delete(key, DeleteOptions.DEFAULT);
      truth.remove(name);
      return;
    }
    String value = action == 0 ? "yes" : "no";
    if (api.get(key).orAbsent().isPresent()) {
      ObjectNode patch = Json.object();
      patch.putObject("metadata").putObject("labels").put("in", value);
      api.patch(key, "", Patch.merge(patch)).orThrow();
    } else {
      api.create(SCOPE, object(name, value)).orThrow();
    }
    if (action == 0) {
      truth.add(name);
    } else {
      truth.remove(name);
    }
  }

  private static ObjectNode object(String name, String value) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name).putObject("labels").put("in", value);
    return object;
  }

  private static void follow(WatchEvent event, TreeSet<String> image) {
    switch (event) {
      case WatchEvent.Added(ApiObject object) -> assertThat(image.add(object.name())).isTrue();
      case WatchEvent.Modified(ApiObject object) -> assertThat(image).contains(object.name());
      case WatchEvent.Deleted(ApiObject object) -> assertThat(image.remove(object.name())).isTrue();
      case WatchEvent.Bookmark bookmark -> {}
      case WatchEvent.Failed failed -> throw new AssertionError(failed.status().message());
    }
  }
}
