package dev.argosy.model.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {

  private final ObjectNode read =
      Json.parse("{\"list\": [{\"count\": 1, \"name\": \"a\"}]}".getBytes(UTF_8));

  @Test
  void whatWasReadAndWhatWasMadeSayTheSame() {
    ObjectNode made = Json.object();
    made.putArray("list").addObject().put("name", "a").put("count", 1L);
    assertThat(Json.same(made, read)).isTrue();
  }

  @Test
  void otherValuesAndOtherFieldsDoNot() {
    ObjectNode other = Json.object();
    other.putArray("list").addObject().put("name", "a").put("count", 2L);
    assertThat(Json.same(other, read)).isFalse();
    assertThat(Json.same(other, Json.object())).isFalse();
    assertThat(Json.same(other.path("list"), other.path("none"))).isFalse();
    assertThat(Json.same(other.path("none"), other.path("list"))).isFalse();
  }
}
