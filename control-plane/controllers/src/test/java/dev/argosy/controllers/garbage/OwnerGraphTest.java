package dev.argosy.controllers.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.CustomTypes;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Custom resources are followed for as long as anybody defines them, and a little longer. */
class OwnerGraphTest {

  private static final GroupResource DEFINITIONS =
      new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");
  private static final GroupResource WIDGETS = new GroupResource("example.com", "widgets");
  private static final OwnerReference WIDGET =
      new OwnerReference("example.com/v1", "Widget", "w", "uid", true, true);

  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeApi api = new FakeApi(timers.clock(), "root", "acme", "globex");
  private final ControllerContext context = new ControllerContext(api, timers);
  private final CustomTypes custom = new CustomTypes(context);
  private final OwnerGraph graph = new OwnerGraph(context, List.of(), custom);

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void aDefinitionThatIsGoneIsForgottenAfterAWhile() {
    define("acme");
    await(() -> graph.follows(WIDGETS));
    undefine("acme");
    assertThat(api.await(() -> custom.of("acme").isEmpty(), () -> {})).isTrue();
    timers.advance(OwnerGraph.MEMORY.minusSeconds(1));
    assertThat(graph.follows(WIDGETS)).isTrue();
    assertThat(graph.type("acme", WIDGET)).isPresent();
    await(() -> !graph.follows(WIDGETS));
    assertThat(graph.type("acme", WIDGET)).isEmpty();
    assertThat(graph.types("acme")).isEmpty();
  }

  @Test
  void whatAnotherClusterDefinesIsStillFollowed() {
    define("acme");
    define("globex");
    await(() -> graph.type("acme", WIDGET).isPresent() && graph.type("globex", WIDGET).isPresent());
    undefine("acme");
    await(() -> graph.type("acme", WIDGET).isEmpty());
    assertThat(graph.follows(WIDGETS)).isTrue();
    assertThat(graph.type("globex", WIDGET)).isPresent();
  }

  @Test
  void whatIsDefinedAgainIsFollowedAgain() {
    define("acme");
    await(() -> graph.follows(WIDGETS));
    undefine("acme");
    await(() -> custom.of("acme").isEmpty());
    define("acme");
    await(() -> !custom.of("acme").isEmpty());
    timers.advance(OwnerGraph.MEMORY.plusSeconds(1));
    assertThat(graph.follows(WIDGETS)).isTrue();
    undefine("acme");
    await(() -> !graph.follows(WIDGETS));
    define("acme");
    await(() -> graph.follows(WIDGETS) && graph.type("acme", WIDGET).isPresent());
    ObjectNode widget = Json.object();
    widget.put("apiVersion", "example.com/v1").put("kind", "Widget");
    widget.putObject("metadata").put("name", "w");
    ObjectKey key =
        api.client()
            .create(ResourceScope.namespace(WIDGETS, "acme", "default"), widget)
            .orThrow()
            .key();
    await(() -> graph.get(key).isPresent());
  }

  private void await(BooleanSupplier condition) {
    assertThat(api.await(condition, () -> timers.advance(Duration.ofSeconds(10)))).isTrue();
  }

  private void define(String cluster) {
    ObjectNode definition = Json.object();
    definition.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
    definition.putObject("metadata").put("name", "widgets.example.com");
    ObjectNode spec = definition.putObject("spec");
    spec.put("group", "example.com").put("scope", "Namespaced");
    spec.putObject("names").put("plural", "widgets").put("kind", "Widget");
    api.client().create(ResourceScope.cluster(DEFINITIONS, cluster), definition).orThrow();
  }

  private void undefine(String cluster) {
    api.client()
        .delete(
            new ObjectKey(DEFINITIONS, cluster, "", "widgets.example.com"), DeleteOptions.DEFAULT)
        .orThrow();
  }
}
