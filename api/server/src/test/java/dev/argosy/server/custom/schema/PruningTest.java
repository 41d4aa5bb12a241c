package dev.argosy.server.custom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class PruningTest {

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
  }

  /** What stands in the metadata of the whole object is known elsewhere. */
  @Test
  void anObjectWithinKeepsOfItsMetadataWhatMetadataHave() {
    Schema schema =
        SchemaReader.read(
            json(
                "{'type':'object','properties':{'template':{'type':'object',"
                    + "'x-kubernetes-embedded-resource':true,"
                    + "'x-kubernetes-preserve-unknown-fields':true}}}"));
    ObjectNode object =
        json(
            "{'metadata':{'odd':1},'template':{'kind':'Sub','spec':{'odd':1},"
                + "'metadata':{'name':'n','odd':1}}}");
    assertThat(Pruning.prune(schema, object, Set.of("name", "labels")::contains))
        .containsExactly("template.metadata.odd");
    assertThat(object)
        .isEqualTo(
            json(
                "{'metadata':{'odd':1},'template':{'kind':'Sub','spec':{'odd':1},"
                    + "'metadata':{'name':'n'}}}"));
  }
}
