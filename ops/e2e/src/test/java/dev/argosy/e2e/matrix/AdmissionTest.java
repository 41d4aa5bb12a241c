package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Program;
import dev.argosy.e2e.Space;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Yaml;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is changed or refused on its way in. Webhooks are called where the operator's chart is. */
class AdmissionTest {

  private static final String SECURITY = "refuse a pod by the Pod Security Standards";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PRIVILEGED =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: mighty}
      spec: {hostNetwork: true, containers: [{name: main, image: "argosy/demo:1"}]}
      """;

  @TestFactory
  Stream<DynamicTest> admission() {
    return new Part("Admission")
        .kubectl("refuse by a policy", AdmissionTest::refusesByPolicy)
        .kubectl("change by a policy", AdmissionTest::changesByPolicy)
        .kubectl(SECURITY, AdmissionTest::refusesMighty)
        .kubectl("give a limit range's defaults", AdmissionTest::givesDefaults)
        .kubectl("give every pod its account's token", AdmissionTest::givesToken)
        .fabric8(SECURITY, AdmissionTest::refusesMighty)
        .java(SECURITY, AdmissionTest::refusesMighty)
        .script(Script.javascript(), SECURITY)
        .script(Script.python(), SECURITY)
        .tests();
  }

  private static void refusesByPolicy(Space space) {
    withPolicy(
        space,
        "policy.yaml",
        () -> {
          Program.Result refused =
              Eventually.until(
                  SOON,
                  () -> space.tryRun("create", "configmap", "c" + System.nanoTime()),
                  result -> !result.ok());
          assertThat(refused.err()).contains("denied request", "name an owner of c");
          space
              .with(
                  Text.configMap("owned", "red").replace("colour: red}", "owner: me}"),
                  "create",
                  "-f",
                  "-")
              .orFail();
        });
  }

  private static void changesByPolicy(Space space) {
    withPolicy(
        space,
        "mutation.yaml",
        () ->
            Eventually.until(
                SOON,
                () -> {
                  String name = "c" + System.nanoTime();
                  space.run("create", "configmap", name);
                  return space.run(
                      "get", "configmap", name, "-o", "jsonpath={.metadata.labels.owner}");
                },
                "policy"::equals));
  }

  private static void withPolicy(Space space, String file, Runnable body) {
    String policy = Text.of(file).replace("NAMESPACE", space.name());
    space.with(policy, "create", "-f", "-").orFail();
    try {
      body.run();
    } finally {
      space.with(policy, "delete", "-f", "-").orFail();
    }
  }

  private static void refusesMighty(Space space) {
    space.run("label", "namespace", space.name(), "pod-security.kubernetes.io/enforce=baseline");
    assertThat(space.with(PRIVILEGED, "create", "-f", "-").err())
        .contains("violates PodSecurity \"baseline:latest\"", "hostNetwork=true");
  }

  private static void givesDefaults(Space space) {
    space.apply(
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: usual}
        spec: {limits: [{type: Container, default: {memory: 32Mi}, max: {memory: 64Mi}}]}
        """);
    String pod = PRIVILEGED.replace("hostNetwork: true, ", "");
    assertThat(
            space
                .with(
                    pod,
                    "create",
                    "--dry-run=server",
                    "-o",
                    "jsonpath={.spec.containers[0].resources.limits.memory}",
                    "-f",
                    "-")
                .orFail())
        .isEqualTo("32Mi");
    String greedy = pod.replace("name: main,", "name: main, resources: {limits: {memory: 1Gi}},");
    assertThat(space.with(greedy, "create", "-f", "-").err())
        .contains("maximum memory usage per Container is 64Mi");
  }

  private static void givesToken(Space space) {
    String pod = PRIVILEGED.replace("hostNetwork: true, ", "");
    assertThat(space.with(pod, "create", "--dry-run=server", "-o", "yaml", "-f", "-").orFail())
        .contains("serviceAccountName: default", "/var/run/secrets/kubernetes.io/serviceaccount");
  }

  private static void refusesMighty(Fabric8 place) {
    place
        .client()
        .namespaces()
        .withName(place.namespace())
        .edit(namespace ->
            new NamespaceBuilder(namespace)
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", "baseline")
                .endMetadata()
                .build());
    var pod = new ByteArrayInputStream(PRIVILEGED.getBytes(StandardCharsets.UTF_8));
    var mighty = place.client().pods().inNamespace(place.namespace()).load(pod);
    var refused = // a moment after the namespace says so, as with Kubernetes
        Eventually.until(
            SOON,
            () ->
                catchThrowableOfType(
                    KubernetesClientException.class, () -> mighty.dryRun(true).create()),
            Objects::nonNull);
    assertThat(refused.getCode()).isEqualTo(403);
    assertThat(refused.getMessage()).contains("violates PodSecurity");
  }

  private static void refusesMighty(OfficialJava place) throws Exception {
    String label =
        "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"baseline\"}}}";
    PatchUtils.patch(
        V1Namespace.class,
        () -> place.core().patchNamespace(place.namespace(), new V1Patch(label)).buildCall(null),
        V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
        place.client());
    V1Pod pod = Yaml.loadAs(PRIVILEGED, V1Pod.class);
    var refused = // a moment after the namespace says so, as with Kubernetes
        Eventually.until(
            SOON,
            () ->
                catchThrowableOfType(
                    ApiException.class,
                    () ->
                        place
                            .core()
                            .createNamespacedPod(place.namespace(), pod)
                            .dryRun("All")
                            .execute()),
            Objects::nonNull);
    assertThat(refused.getCode()).isEqualTo(403);
    assertThat(refused.getResponseBody()).contains("violates PodSecurity");
  }
}
