package dev.argosy.server.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.status.StatusException;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Authorization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ProtobufBodiesTest {

  private final ProtobufBodies bodies = new ProtobufBodies(FieldTable.load());

  private static byte[] body(String apiVersion, String kind, Message message) {
    Unknown envelope =
        Unknown.newBuilder()
            .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
            .setRaw(message.toByteString())
            .build();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      out.write(new byte[] {'k', '8', 's', 0});
      envelope.writeTo(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void spreadsInlinedMessagesAndKnowsSpecialValues() {
    V1.Pod pod =
        V1.Pod.newBuilder()
            .setMetadata(
                Meta.ObjectMeta.newBuilder()
                    .setName("a")
                    .putLabels("k", "v")
                    .setCreationTimestamp(Meta.Time.newBuilder()))
            .setSpec(
                V1.PodSpec.newBuilder()
                    .addVolumes(
                        V1.Volume.newBuilder()
                            .setName("v")
                            .setVolumeSource(
                                V1.VolumeSource.newBuilder()
                                    .setEmptyDir(V1.EmptyDirVolumeSource.newBuilder())))
                    .addContainers(
                        V1.Container.newBuilder()
                            .setName("c")
                            .setResources(
                                V1.ResourceRequirements.newBuilder()
                                    .putLimits("cpu", Quantity.newBuilder().setString("1").build()))
                            .setLivenessProbe(
                                V1.Probe.newBuilder()
                                    .setHandler(
                                        V1.ProbeHandler.newBuilder()
                                            .setHttpGet(
                                                V1.HTTPGetAction.newBuilder()
                                                    .setPort(
                                                        IntOrString.newBuilder()
                                                            .setType(1)
                                                            .setStrVal("web")))))))
            .build();
    assertThat(bodies.decode(body("v1", "Pod", pod)))
        .isEqualTo(
            json(
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a','labels':{'k':'v'}},"
                    + "'spec':{'volumes':[{'name':'v','emptyDir':{}}],'containers':[{'name':'c',"
                    + "'resources':{'limits':{'cpu':'1'}},"
                    + "'livenessProbe':{'httpGet':{'port':'web'}}}]}}"));
  }

  @Test
  void encodesBytesAndReadsReviews() {
    V1.Secret secret =
        V1.Secret.newBuilder().putData("k", ByteString.copyFromUtf8("value")).build();
    assertThat(bodies.decode(body("v1", "Secret", secret)).path("data"))
        .isEqualTo(json("{'k':'dmFsdWU='}"));
    Message review =
        V1Authorization.SelfSubjectAccessReview.newBuilder()
            .setSpec(
                V1Authorization.SelfSubjectAccessReviewSpec.newBuilder()
                    .setResourceAttributes(
                        V1Authorization.ResourceAttributes.newBuilder().setVerb("list")))
            .build();
    assertThat(
            bodies
                .decode(body("authorization.k8s.io/v1", "SelfSubjectAccessReview", review))
                .path("spec"))
        .isEqualTo(json("{'resourceAttributes':{'verb':'list'}}"));
  }

  @Test
  void readsDeleteOptionsOfAnyGroup() {
    Message options =
        Meta.DeleteOptions.newBuilder()
            .setGracePeriodSeconds(0)
            .setPropagationPolicy("Background")
            .build();
    assertThat(bodies.decode(body("apps/v1", "DeleteOptions", options)))
        .isEqualTo(
            json(
                "{'apiVersion':'apps/v1','kind':'DeleteOptions','gracePeriodSeconds':0,"
                    + "'propagationPolicy':'Background'}"));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> bodies.decode(new byte[] {1, 2, 3}))
        .isInstanceOf(StatusException.class);
    assertThatThrownBy(() -> bodies.decode(new byte[] {'k', '8', 's', 0, 9, 9, 9}))
        .isInstanceOf(StatusException.class);
    assertThatThrownBy(
            () -> bodies.decode(body("v1", "Nonsense", Meta.ObjectMeta.getDefaultInstance())))
        .isInstanceOf(StatusException.class)
        .hasMessageContaining("Nonsense");
  }
}
