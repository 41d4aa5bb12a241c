package dev.argosy.controllers.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.selector.LabelSelector;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class BySelectorTest {

  private final FakeApi api = new FakeApi(Clock.systemUTC(), "acme");
  private final AtomicInteger asked = new AtomicInteger();
  private final BySelector<ApiObject> bySelector = new BySelector<>(set -> set, this::selector);
  private final Informer<ApiObject> sets =
      new Informer<>(
          api.client(),
          InformerSpec.<ApiObject>of(
              ResourceScope.everywhere(Kinds.REPLICA_SETS), set -> set, bySelector.index()));

  private LabelSelector selector(ApiObject set) {
    asked.incrementAndGet();
    return LabelSelector.ofObject(set.tree().path("spec").get("selector"));
  }

  @AfterEach
  void close() {
    sets.close();
  }

  private ApiObject create(String namespace, String name, String json) {
    ObjectNode object = (ObjectNode) Json.mapper().readTree(json);
    object.put("apiVersion", "v1").withObject("/metadata").put("name", name);
    return api.client()
        .create(ResourceScope.namespace(Kinds.REPLICA_SETS, "acme", namespace), object)
        .orThrow();
  }

  private void set(String namespace, String name, String selector) {
    create(namespace, name, "{\"spec\":{\"selector\":" + selector + "}}");
  }

  private List<String> matching(String labels) throws InterruptedException {
    ApiObject pod = create("default", "pod", "{\"metadata\":{\"labels\":" + labels + "}}");
    assertThat(sets.awaitRevision(pod.revision(), Duration.ofSeconds(10))).isTrue();
    asked.set(0);
    return bySelector.matching(sets, pod).map(ApiObject::name).sorted().toList();
  }

  @Test
  void selectors_of_every_form_are_found() throws InterruptedException {
    set("default", "exact", "{\"matchLabels\":{\"app\":\"web\",\"tier\":\"front\"}}");
    set("default", "other", "{\"matchLabels\":{\"app\":\"web\",\"tier\":\"back\"}}");
    set(
        "default",
        "oneOf",
        "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"In\",\"values\":[\"web\",\"x\"]}]}");
    set("default", "exists", "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"Exists\"}]}");
    set("default", "everything", "{}");
    set("kube-system", "elsewhere", "{\"matchLabels\":{\"app\":\"web\"}}");
    assertThat(matching("{\"app\":\"web\",\"tier\":\"front\"}"))
        .containsExactly("everything", "exact", "exists", "oneOf");
  }

  @Test
  void how_many_others_there_are_does_not_matter() throws InterruptedException {
    for (int i = 0; i < 500; i++) {
      set("default", "s" + i, "{\"matchLabels\":{\"app\":\"a" + i + "\"}}");
    }
    assertThat(matching("{\"app\":\"a7\",\"hash\":\"1\"}")).containsExactly("s7");
    assertThat(asked.get()).isEqualTo(1);
  }
}
