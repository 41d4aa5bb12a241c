package dev.argosy.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.first.FirstObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

class FirstObjectsTest {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();

  /** They are as if someone had created them. */
  @TestFactory
  Stream<DynamicTest> eachIsCompleteAndGood() {
    return FirstObjects.load().all().stream()
        .map(object -> DynamicTest.dynamicTest(name(object), () -> check(object)));
  }

  private static String name(ObjectNode object) {
    return object.path("kind").asString("") + " " + object.at("/metadata/name").asString("");
  }

  private static void check(ObjectNode first) {
    String text =
        first
            .toString()
            .replace("$CREATED", "2026-01-01T00:00:00Z")
            .replace("$SERVICE_RANGE", "10.96.0.0/12");
    ObjectNode object = Json.parse(text.getBytes(StandardCharsets.UTF_8));
    ObjectNode completed = object.deepCopy();
    KindSchema kind =
        KINDS
            .tenant()
            .ofKind(object.path("apiVersion").asString(""), object.path("kind").asString(""))
            .orElseThrow();
    assertThat(kind.prune(completed)).isEmpty();
    kind.applyDefaults(completed);
    assertThat(completed).isEqualTo(object);
    assertThat(kind.validate(completed)).isEmpty();
  }

  @Test
  void mandatoryOnesAreKnown() {
    FirstObjects first = FirstObjects.load();
    assertThat(List.of("exempt", "catch-all"))
        .allSatisfy(name -> {
          assertThat(first.spec("FlowSchema", name)).isNotEmpty();
          assertThat(first.spec("PriorityLevelConfiguration", name)).isNotEmpty();
        });
    assertThat(first.all()).hasSize(23);
  }
}
