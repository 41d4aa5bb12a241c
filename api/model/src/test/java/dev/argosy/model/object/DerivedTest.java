package dev.argosy.model.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DerivedTest {

  private static final ObjectKey KEY =
      new ObjectKey(new GroupResource("", "configmaps"), "acme", "ns", "a");

  private static ApiObject object(String stored) {
    return ApiObject.ofStored(KEY, 7, stored.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void oneOfEachTypeIsKeptForItsMaker() {
    ApiObject object = object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'}}");
    AtomicInteger made = new AtomicInteger();
    Object maker = new Object();
    for (int i = 0; i < 3; i++) {
      assertThat(object.derived(Integer.class, maker, o -> made.incrementAndGet())).isEqualTo(1);
      assertThat(object.derived(String.class, maker, ApiObject::name)).isEqualTo("a");
    }
    assertThat(object.derived(Integer.class, "another", o -> made.incrementAndGet())).isEqualTo(2);
    assertThat(object.derived(Integer.class, maker, o -> made.incrementAndGet())).isEqualTo(3);
    assertThat(object.withRevision(9).derived(Integer.class, maker, o -> 9)).isEqualTo(9);
  }

  @Test
  void metadataAloneIsItsBytes() throws IOException {
    ApiObject object =
        object(
            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','labels':{'x':'}{'}},"
                + "'data':{'metadata':'no'}}");
    assertThat(written(object, false))
        .isEqualTo("{'resourceVersion':'7','name':'a','labels':{'x':'}{'}}".replace('\'', '"'));
    assertThat(written(object, true))
        .startsWith("{'clusterName':'acme','resourceVersion':'7',".replace('\'', '"'));
    ApiObject deleted = object.withRevision(12_345);
    assertThat(written(deleted, false)).contains("12345").endsWith("}{\"}}");
    assertThat(deleted.metadataTree().path("name").asString()).isEqualTo("a");
    assertThat(written(object("{'metadata':{}}"), false)).isEqualTo("{\"resourceVersion\":\"7\"}");
  }

  private static String written(ApiObject object, boolean withCluster) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    object.writeMetadataTo(out, withCluster);
    return out.toString(StandardCharsets.UTF_8);
  }
}
