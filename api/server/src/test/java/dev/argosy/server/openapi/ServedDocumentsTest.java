package dev.argosy.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients get over HTTP without anybody wiring it: OpenAPI, and protobuf bodies read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedDocumentsTest {

  private static final String GNOSTIC =
      "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

  private TestServer server;
  private TestClient client;

  @BeforeAll
  void start() {
    server = TestServer.start();
    client = server.client();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void servesBothForms() throws Exception {
    TestClient.Answer index = client.get("/clusters/acme/openapi/v3");
    String url =
        index.json().path("paths").path("apis/apps/v1").path("serverRelativeURL").asString("");
    TestClient.Answer document = client.get("/clusters/acme" + url);
    assertThat(document.code()).isEqualTo(200);
    assertThat(document.header("Cache-Control")).contains("immutable");
    assertThat(document.json().at("/components/schemas").has("io.k8s.api.apps.v1.Deployment"))
        .isTrue();
    TestClient.Answer again =
        client.get("/clusters/acme" + url, "If-None-Match", document.header("ETag"));
    assertThat(again.code()).isEqualTo(304);
    TestClient.Answer v2 = client.get("/clusters/acme/openapi/v2", "Accept", GNOSTIC);
    assertThat(v2.header("Content-Type")).contains("protobuf");
    assertThat(UnknownFieldSet.parseFrom(v2.response().body()).hasField(9)).isTrue();
  }

  @Test
  void showsPlatformKindsOnlyInRoot() {
    String path = "/openapi/v3/apis/tenancy.argosy.dev/v1";
    assertThat(client.get("/clusters/root" + path).code()).isEqualTo(200);
    assertThat(client.get("/clusters/acme" + path).code()).isEqualTo(404);
    assertThat(client.get("/clusters/acme/openapi/v4").code()).isEqualTo(404);
    assertThat(client.post("/clusters/acme/openapi/v2", "{}").code()).isEqualTo(405);
  }

  @Test
  void createsFromProtobuf() throws Exception {
    Unknown envelope =
        Unknown.newBuilder()
            .setTypeMeta(TypeMeta.newBuilder().setApiVersion("v1").setKind("ConfigMap"))
            .setRaw(
                V1.ConfigMap.newBuilder()
                    .setMetadata(Meta.ObjectMeta.newBuilder().setName("pb"))
                    .putData("k", "v")
                    .build()
                    .toByteString())
            .build();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(new byte[] {'k', '8', 's', 0});
    envelope.writeTo(body);
    String path = "/clusters/acme/api/v1/namespaces/default/configmaps";
    String type = "application/vnd.kubernetes.protobuf";
    TestClient.Answer created = client.send("POST", path, body.toByteArray(), "Content-Type", type);
    assertThat(created.code()).isEqualTo(201);
    assertThat(created.at("data.k")).isEqualTo("v");
    assertThat(client.send("POST", path, new byte[] {1, 2}, "Content-Type", type).code())
        .isEqualTo(400);
  }
}
