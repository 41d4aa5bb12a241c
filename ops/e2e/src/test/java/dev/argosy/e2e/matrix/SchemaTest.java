package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Space;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the fields of kinds are, in the forms in which clients ask. */
class SchemaTest {

  private static final String UNKNOWN = "refuse an unknown field";

  @TestFactory
  Stream<DynamicTest> schema() {
    return new Part("Schema, explain, OpenAPI")
        .kubectl("explain fields", SchemaTest::explains)
        .kubectl("explain a whole kind", SchemaTest::explainsRecursively)
        .kubectl("read OpenAPI v2", SchemaTest::readsV2)
        .kubectl("read OpenAPI v3", SchemaTest::readsV3)
        .kubectl(UNKNOWN, SchemaTest::refusesUnknown)
        .kubectlSince(28, "be warned of an unknown field", SchemaTest::warns)
        .kubectl("check on the server without writing", SchemaTest::checksDry)
        .fabric8("read OpenAPI v3", SchemaTest::readsV3)
        .script(Script.javascript(), UNKNOWN)
        .script(Script.python(), UNKNOWN)
        .tests();
  }

  private static void explains(Space space) {
    assertThat(space.run("explain", "pod.spec.containers.resources")).contains("limits");
    assertThat(space.run("explain", "deployment.spec.strategy.type")).contains("RollingUpdate");
    assertThat(space.run("explain", "networkpolicies", "--api-version=networking.k8s.io/v1"))
        .contains("NetworkPolicy");
    assertThat(space.tryRun("explain", "pod.spec.nothing").err()).contains("does not exist");
  }

  private static void explainsRecursively(Space space) {
    assertThat(space.run("explain", "statefulsets", "--recursive"))
        .contains("volumeClaimTemplates", "topologySpreadConstraints", "livenessProbe");
  }

  private static void readsV2(Space space) {
    assertThat(space.run("get", "--raw", "/openapi/v2"))
        .startsWith("{")
        .contains("io.k8s.api.apps.v1.Deployment", "x-kubernetes-group-version-kind");
  }

  private static void readsV3(Space space) {
    assertThat(space.run("get", "--raw", "/openapi/v3")).contains("apis/apps/v1", "hash=");
    assertThat(space.run("get", "--raw", "/openapi/v3/apis/batch/v1"))
        .contains("io.k8s.api.batch.v1.JobSpec", "x-kubernetes-action");
  }

  private static void refusesUnknown(Space space) {
    var answer = space.with(withUnknown(), "apply", "--validate=true", "-f", "-");
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("unknown field").contains("colours");
  }

  private static void warns(Space space) {
    var answer = space.with(withUnknown(), "apply", "--validate=warn", "-f", "-");
    assertThat(answer.exit()).isZero();
    assertThat(answer.err()).contains("Warning: unknown field \"colours\"");
  }

  private static void checksDry(Space space) {
    assertThat(
            space
                .with(
                    Text.of("every-kind.yaml").split("\n---\n")[0],
                    "create",
                    "--dry-run=server",
                    "-o",
                    "jsonpath={.metadata.uid}",
                    "-f",
                    "-")
                .orFail())
        .hasSize(36);
    assertThat(space.tryRun("get", "configmap", "one").err()).contains("NotFound");
  }

  private static void readsV3(Fabric8 place) {
    assertThat(place.client().raw("/openapi/v3")).contains("apis/apps/v1");
  }

  private static String withUnknown() {
    return Text.configMap("one", "green") + "colours: {}\n";
  }
}
