package dev.argosy.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.patch.JsonPatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class JsonDiffTest {

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; {\"a\":1}",
        "{\"a\":1}; {}",
        "{\"a\":1,\"b\":{\"c\":[1,2]}}; {\"a\":2,\"b\":{\"c\":[1,3,4]}}",
        "{\"a\":[1,2,3]}; {\"a\":[1]}",
        "{\"a\":{\"b\":1}}; {\"a\":[1]}",
        "{\"a/b\":1,\"c~d\":2,\"\":3}; {\"a/b\":2,\"c~d\":3,\"\":4}",
        "{\"a\":null}; {\"a\":1}",
        "{\"a\":[{\"x\":1}]}; {\"a\":[{\"x\":2},{\"y\":1}]}",
        "{\"a\":1}; {\"a\":1}"
      })
  void thePatchMakesTheOneOfTheOther(String before, String after) {
    ArrayNode patch = Json.mapper().createArrayNode();
    for (JsonDiff.Step step : JsonDiff.of(json(before), json(after))) {
      ObjectNode operation = patch.addObject().put("op", step.op()).put("path", step.pointer());
      if (step.is() != null) {
        operation.set("value", step.is());
      }
    }
    assertThat(JsonPatch.apply(json(before), patch)).isEqualTo(json(after));
  }

  @Test
  void ownersAreFoundThroughKeysValuesAndAtoms() {
    FieldOwners owners =
        new FieldOwners(
            json(
                """
                {"metadata": {"finalizers": ["x/y"], "managedFields": [
                  {"manager": "old", "time": "2026-01-01T00:00:00Z", "fieldsV1": {"f:spec": {"f:list": {
                    "k:{\\"name\\":\\"a\\"}": {".": {}, "f:image": {}}}}}},
                  {"manager": "new", "time": "2026-01-02T00:00:00Z", "fieldsV1": {
                    "f:metadata": {"f:finalizers": {"v:\\"x/y\\"": {}}},
                    "f:spec": {"f:list": {"k:{\\"name\\":\\"b\\"}": {"f:image": {}}}, "f:atom": {}}}}]},
                 "spec": {"list": [{"name": "a", "image": "1"}, {"name": "b", "image": "2"}], "atom": {"deep": 1}}}
                """));
    assertThat(owners.of(List.of("spec", "list", "0", "image"))).contains("old");
    assertThat(owners.of(List.of("spec", "list", "1", "image"))).contains("new");
    assertThat(owners.of(List.of("spec", "atom", "deep"))).contains("new");
    assertThat(owners.of(List.of("metadata", "finalizers", "0"))).contains("new");
    assertThat(owners.of(List.of("spec", "other"))).isEmpty();
  }
}
