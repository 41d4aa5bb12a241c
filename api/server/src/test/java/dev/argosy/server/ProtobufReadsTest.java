package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers in protobuf, as typed Go clients ask for them. */
class ProtobufReadsTest {

  private static final String NAMESPACE = "/clusters/acme/api/v1/namespaces/default/";
  private static final String MAPS = NAMESPACE + "configmaps";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String GO = PROTOBUF + ",application/json";
  private static final String METADATA =
      PROTOBUF
          + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
          + "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server = TestServer.start();
    client = server.client();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Unknown envelope(byte[] body) throws Exception {
    assertThat(Arrays.copyOf(body, 4)).isEqualTo(new byte[] {'k', '8', 's', 0});
    return Unknown.parseFrom(Arrays.copyOfRange(body, 4, body.length));
  }

  private static ByteString raw(TestClient.Answer answer, String kind) throws Exception {
    assertThat(answer.header("Content-Type")).isEqualTo(PROTOBUF);
    Unknown envelope = envelope(answer.response().body());
    assertThat(envelope.getTypeMeta().getKind()).isEqualTo(kind);
    return envelope.getRaw();
  }

  private TestClient.Answer make(String name) {
    return client.post(
        MAPS,
        "{\"metadata\":{\"name\":\""
            + name
            + "\",\"labels\":{\"x\":\"1\"}},\"data\":{\"k\":\"v\"}}",
        "Accept",
        GO);
  }

  @Test
  void writesAreAnsweredInIt() throws Exception {
    V1.ConfigMap made = V1.ConfigMap.parseFrom(raw(make("a"), "ConfigMap"));
    assertThat(made.getMetadata().getName()).isEqualTo("a");
    assertThat(made.getMetadata().getUid()).isNotEmpty();
    assertThat(made.getMetadata().getCreationTimestamp().getSeconds()).isPositive();
    assertThat(made.getDataMap()).containsEntry("k", "v");
    Meta.Status exists = Meta.Status.parseFrom(raw(make("a"), "Status"));
    assertThat(exists.getCode()).isEqualTo(409);
    assertThat(exists.getReason()).isEqualTo("AlreadyExists");
    assertThat(exists.getDetails().getName()).isEqualTo("a");
    var deleted = client.send("DELETE", MAPS + "/a", null, "Accept", GO);
    assertThat(Meta.Status.parseFrom(raw(deleted, "Status")).getStatus()).isEqualTo("Success");
    var missing = client.get(MAPS + "/a", "Accept", GO);
    assertThat(missing.code()).isEqualTo(404);
    assertThat(Meta.Status.parseFrom(raw(missing, "Status")).getReason()).isEqualTo("NotFound");
  }

  @Test
  void getAndList() throws Exception {
    make("a");
    make("b");
    var one = client.get(MAPS + "/a", "Accept", GO);
    assertThat(V1.ConfigMap.parseFrom(raw(one, "ConfigMap")).getMetadata().getName())
        .isEqualTo("a");
    assertThat(client.get(MAPS + "/a", "Accept", GO).response().body())
        .isEqualTo(one.response().body());
    var page = client.get(MAPS + "?limit=1", "Accept", GO);
    assertThat(envelope(page.response().body()).getTypeMeta().getApiVersion()).isEqualTo("v1");
    V1.ConfigMapList list = V1.ConfigMapList.parseFrom(raw(page, "ConfigMapList"));
    assertThat(list.getItemsCount()).isEqualTo(1);
    assertThat(list.getMetadata().getRemainingItemCount()).isEqualTo(1);
    assertThat(list.getMetadata().getContinue()).isNotEmpty();
    assertThat(list.getMetadata().getResourceVersion()).isNotEmpty();
    var none = client.get(NAMESPACE + "secrets", "Accept", GO);
    assertThat(V1.SecretList.parseFrom(raw(none, "SecretList")).getItemsCount()).isZero();
  }

  @Test
  void metadataOfAnyKind() throws Exception {
    make("a");
    var answer = client.get(MAPS, "Accept", METADATA);
    Unknown envelope = envelope(answer.response().body());
    assertThat(envelope.getTypeMeta().getApiVersion()).isEqualTo("meta.k8s.io/v1");
    assertThat(envelope.getTypeMeta().getKind()).isEqualTo("PartialObjectMetadataList");
    Meta.PartialObjectMetadataList list =
        Meta.PartialObjectMetadataList.parseFrom(envelope.getRaw());
    assertThat(list.getItems(0).getMetadata().getName()).isEqualTo("a");
    assertThat(list.getItems(0).getMetadata().getLabelsMap()).containsEntry("x", "1");
    var tenants =
        client.get("/clusters/root/apis/tenancy.argosy.dev/v1/tenants", "Accept", METADATA);
    assertThat(tenants.header("Content-Type")).isEqualTo(PROTOBUF);
  }

  @Test
  void kindsWithoutMessages() {
    String tenants = "/clusters/root/apis/tenancy.argosy.dev/v1/tenants";
    var refused = client.get(tenants, "Accept", PROTOBUF);
    assertThat(refused.code()).isEqualTo(406);
    assertThat(refused.header("Content-Type")).isEqualTo(PROTOBUF);
    var fallback = client.get(tenants, "Accept", GO);
    assertThat(fallback.code()).isEqualTo(200);
    assertThat(fallback.header("Content-Type")).isEqualTo("application/json");
    assertThat(client.get(tenants, "Accept", "text/plain").at("message"))
        .isEqualTo(
            "only the following media types are accepted: application/json, application/yaml");
    assertThat(client.get(MAPS, "Accept", "text/plain").at("message"))
        .endsWith("application/json, application/yaml, application/vnd.kubernetes.protobuf");
    assertThat(client.get("/clusters/*/api/v1/configmaps", "Accept", GO).header("Content-Type"))
        .isEqualTo("application/json");
    String table = PROTOBUF + ";as=Table;g=meta.k8s.io;v=v1";
    assertThat(client.get(MAPS, "Accept", table).code()).isEqualTo(406);
  }

  @Test
  void reviewsAndParts() throws Exception {
    var made =
        client.post(
            "/clusters/acme/apis/apps/v1/namespaces/default/deployments",
            "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":0,\"selector\":{\"matchLabels\":"
                + "{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":"
                + "{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}",
            "Accept",
            GO);
    var deployment =
        io.kubernetes.client.proto.V1Apps.Deployment.parseFrom(raw(made, "Deployment"));
    assertThat(deployment.getSpec().hasReplicas()).isTrue();
    assertThat(deployment.getSpec().getReplicas()).isZero();
    assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxSurge().getStrVal())
        .isEqualTo("25%");
    var scale =
        client.get(
            "/clusters/acme/apis/apps/v1/namespaces/default/deployments/d/scale", "Accept", GO);
    assertThat(
            io.kubernetes.client.proto.V1Autoscaling.Scale.parseFrom(raw(scale, "Scale"))
                .getStatus()
                .getSelector())
        .isEqualTo("a=b");
    var review =
        client.post(
            "/clusters/acme/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}", "Accept", GO);
    assertThat(review.header("Content-Type")).isIn(PROTOBUF);
  }

  /** The frames of a watch that ends after a second. */
  private List<byte[]> frames(TestClient.Answer answer) throws Exception {
    assertThat(answer.header("Content-Type")).isEqualTo(PROTOBUF + ";stream=watch");
    byte[] body = answer.response().body();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
    List<byte[]> frames = new ArrayList<>();
    while (in.available() > 0) {
      frames.add(in.readNBytes(in.readInt()));
    }
    return frames;
  }

  @Test
  void watches() throws Exception {
    make("a");
    String query =
        "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&sendInitialEvents=true"
            + "&resourceVersionMatch=NotOlderThan";
    List<byte[]> frames =
        frames(client.get(MAPS + query, "Accept", PROTOBUF + ";stream=watch,application/json"));
    Meta.WatchEvent added = Meta.WatchEvent.parseFrom(frames.getFirst());
    assertThat(added.getType()).isEqualTo("ADDED");
    Unknown object = envelope(added.getObject().getRaw().toByteArray());
    assertThat(object.getTypeMeta().getKind()).isEqualTo("ConfigMap");
    assertThat(V1.ConfigMap.parseFrom(object.getRaw()).getMetadata().getName()).isEqualTo("a");
    Meta.WatchEvent end = Meta.WatchEvent.parseFrom(frames.get(1));
    assertThat(end.getType()).isEqualTo("BOOKMARK");
    Unknown bookmark = envelope(end.getObject().getRaw().toByteArray());
    assertThat(bookmark.getTypeMeta().getKind()).isEqualTo("ConfigMap");
    assertThat(V1.ConfigMap.parseFrom(bookmark.getRaw()).getMetadata().getAnnotationsMap())
        .containsEntry("k8s.io/initial-events-end", "true");
    List<byte[]> metadata =
        frames(
            client.get(
                MAPS + "?watch=1&timeoutSeconds=1",
                "Accept",
                METADATA.replace("MetadataList", "Metadata")));
    Unknown partial =
        envelope(Meta.WatchEvent.parseFrom(metadata.getFirst()).getObject().getRaw().toByteArray());
    assertThat(partial.getTypeMeta().getKind()).isEqualTo("PartialObjectMetadata");
    assertThat(Meta.PartialObjectMetadata.parseFrom(partial.getRaw()).getMetadata().getName())
        .isEqualTo("a");
  }
}
