package dev.argosy.model.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code managedFields} comes last in metadata, so that reading the rest does not go through it.
 */
class ManagedFieldsPlaceTest {

  private static final ObjectKey KEY =
      new ObjectKey(new GroupResource("", "configmaps"), "acme", "default", "m");

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static final ObjectNode MAP =
      json(
          "{'kind':'ConfigMap','metadata':{'managedFields':[{'manager':'a \\\\ \\'] } x',"
              + "'fieldsV1':{'f:data':{'k:{\\'a\\':\\'}\\'}':{}}}}],'name':'m','labels':{'a':'b'}},"
              + "'apiVersion':'v1','data':{'x':'y'}}");

  @Test
  void isWrittenLast() {
    String text = new String(Json.canonical(MAP), StandardCharsets.UTF_8);
    assertThat(text).contains("{\"name\":\"m\",\"labels\":{\"a\":\"b\"},\"managedFields\":[");
    assertThat(Json.parse(Json.canonical(MAP))).isEqualTo(MAP);
  }

  @Test
  void theRestIsRead() throws IOException {
    ApiObject object = ApiObject.ofStored(KEY, 7, Json.canonical(MAP));
    assertThat(object.meta().labels()).containsEntry("a", "b");
    assertThat(object.meta().name()).isEqualTo("m");
    assertThat(object.says(Json.canonical(MAP))).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    object.writeTo(out);
    assertThat(Json.parse(out.toByteArray()).path("data").path("x").asString()).isEqualTo("y");
  }

  @Test
  void metadataEndsWhereItEnds() {
    ApiObject object = ApiObject.ofStored(KEY, 7, Json.canonical(MAP));
    ObjectNode expected = (ObjectNode) MAP.get("metadata").deepCopy();
    expected.put("resourceVersion", "7");
    assertThat(object.metadataTree()).isEqualTo(expected);
  }

  @Test
  void anotherContentIsSeen() {
    ApiObject object = ApiObject.ofStored(KEY, 7, Json.canonical(MAP));
    ObjectNode other = MAP.deepCopy();
    ((ObjectNode) other.get("data")).put("x", "z");
    assertThat(object.says(Json.canonical(other))).isFalse();
    ObjectNode reordered = json("{'kind':'ConfigMap','apiVersion':'v1'}");
    reordered.set("data", MAP.get("data"));
    reordered.set("metadata", MAP.get("metadata"));
    assertThat(object.says(Json.canonical(reordered))).isTrue();
  }
}
