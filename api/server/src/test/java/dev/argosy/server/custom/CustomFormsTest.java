package dev.argosy.server.custom;

import static dev.argosy.server.custom.CustomRig.ACME;
import static dev.argosy.server.custom.CustomRig.DEFINITIONS;
import static dev.argosy.server.custom.CustomRig.define;
import static dev.argosy.server.custom.CustomRig.definition;
import static dev.argosy.server.custom.CustomRig.object;
import static dev.argosy.server.custom.CustomRig.objects;
import static dev.argosy.server.custom.CustomRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1Apiextensions.CustomResourceDefinition;
import io.kubernetes.client.proto.V1Apiextensions.JSONSchemaProps;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** In which forms definitions and their objects can be had. */
class CustomFormsTest {

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String METADATA =
      PROTOBUF + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  private static Unknown envelope(TestClient.Answer answer) throws Exception {
    assertThat(answer.header("Content-Type")).isEqualTo(PROTOBUF);
    byte[] body = answer.response().body();
    return Unknown.parseFrom(Arrays.copyOfRange(body, 4, body.length));
  }

  @Test
  void objectsAreTextAndTheirMetadataProtobufToo() throws Exception {
    String column =
        ",\"additionalPrinterColumns\":[{\"name\":\"Color\",\"type\":\"string\",\"jsonPath\":"
            + "\".spec.color\"},{\"name\":\"Age\",\"type\":\"date\",\"jsonPath\":"
            + "\".metadata.creationTimestamp\"}]";
    define(
        client,
        ACME,
        definition("bulbs", "Bulb", spec("{\"color\":{\"type\":\"string\"}}"), column));
    String bulbs = objects(ACME, "bulbs");
    client.post(bulbs, object("Bulb", "a", "\"spec\":{\"color\":\"red\"}"));
    assertThat(client.get(bulbs, "Accept", PROTOBUF).code()).isEqualTo(406);
    assertThat(client.get(bulbs, "Accept", PROTOBUF + ",application/json").at("kind"))
        .isEqualTo("BulbList");
    Unknown metadata = envelope(client.get(bulbs, "Accept", METADATA));
    assertThat(
            Meta.PartialObjectMetadataList.parseFrom(metadata.getRaw())
                .getItems(0)
                .getMetadata()
                .getName())
        .isEqualTo("a");
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    for (int i = 0; i < 2; i++) {
      var rows = client.get(bulbs, "Accept", table);
      assertThat(rows.at("columnDefinitions.1.name")).isEqualTo("Color");
      assertThat(rows.at("rows.0.cells.0")).isEqualTo("a");
      assertThat(rows.at("rows.0.cells.1")).isEqualTo("red");
      assertThat(rows.at("rows.0.cells.2")).matches("\\d+s");
    }
    try (TestStream watch = client.stream(bulbs + "?watch=1", "Accept", table)) {
      assertThat(watch.next().orElseThrow().at("/object/rows/0/cells/1").asString())
          .isEqualTo("red");
    }
  }

  @Test
  void definitionsKeepTheirSchemasInProtobuf() throws Exception {
    String schema =
        spec(
            "{\"list\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"default\":[\"x\"],"
                + "\"x-kubernetes-list-type\":\"set\"},\"map\":{\"type\":\"object\","
                + "\"additionalProperties\":{\"type\":\"integer\",\"minimum\":1}}}");
    define(client, ACME, definition("knobs", "Knob", schema, ",\"subresources\":{\"status\":{}}"));
    String path = ACME + DEFINITIONS + "/knobs.example.com";
    Unknown envelope = envelope(client.get(path, "Accept", PROTOBUF));
    CustomResourceDefinition read = CustomResourceDefinition.parseFrom(envelope.getRaw());
    var version = read.getSpec().getVersions(0);
    assertThat(version.getSubresources().hasStatus()).isTrue();
    JSONSchemaProps list =
        version
            .getSchema()
            .getOpenAPIV3Schema()
            .getPropertiesOrThrow("spec")
            .getPropertiesOrThrow("list");
    assertThat(list.getItems().getSchema().getType()).isEqualTo("string");
    assertThat(list.getXKubernetesListType()).isEqualTo("set");
    assertThat(list.getDefault().getRaw().toStringUtf8()).isEqualTo("[\"x\"]");
    JSONSchemaProps map =
        version
            .getSchema()
            .getOpenAPIV3Schema()
            .getPropertiesOrThrow("spec")
            .getPropertiesOrThrow("map");
    assertThat(map.getAdditionalProperties().getAllows()).isTrue();
    assertThat(map.getAdditionalProperties().getSchema().getMinimum()).isEqualTo(1.0);
    var before = client.get(path).json();
    byte[] same = client.get(path, "Accept", PROTOBUF).response().body();
    var put = client.send("PUT", path, same, "Content-Type", PROTOBUF);
    assertThat(put.code()).as(put.text()).isEqualTo(200);
    assertThat(put.json().path("spec")).isEqualTo(before.path("spec"));
  }
}
