package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Space;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Where the API says no, and in which words. */
class LimitsTest {

  private static final String QUOTA = "refuse what a quota does not allow";
  private static final String LARGE = "refuse what is too large";
  private static final Duration SOON = Duration.ofSeconds(20);

  @TestFactory
  Stream<DynamicTest> limits() {
    return new Part("Limits")
        .kubectl(QUOTA, LimitsTest::keepsQuota)
        .kubectl(LARGE, LimitsTest::refusesLarge)
        .kubectl("refuse bad names and values", LimitsTest::refusesBad)
        .kubectl("refuse a version that is not there yet", LimitsTest::refusesFuture)
        .fabric8(QUOTA, LimitsTest::keepsQuota)
        .java(LARGE, LimitsTest::refusesLarge)
        .script(Script.javascript(), QUOTA, LARGE)
        .script(Script.python(), QUOTA, LARGE)
        .tests();
  }

  private static void keepsQuota(Space space) {
    space.run("create", "quota", "few", "--hard=count/secrets=1");
    Eventually.until(
        SOON,
        () -> space.run("get", "quota", "few", "-o", "jsonpath={.status.hard}"),
        status -> status.contains("count/secrets"));
    space.run("create", "secret", "generic", "first");
    assertThat(space.tryRun("create", "secret", "generic", "second").err())
        .contains("exceeded quota: few, requested: count/secrets=1, used: count/secrets=1");
    space.run("delete", "secret", "first");
    space.run("create", "secret", "generic", "second");
  }

  private static void refusesLarge(Space space) {
    var answer = space.with(Text.configMap("big", "x".repeat(1_100_000)), "create", "-f", "-");
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("Too long");
    answer = space.with(Text.configMap("big", "x".repeat(3_500_000)), "create", "-f", "-");
    assertThat(answer.err()).containsIgnoringCase("too large");
  }

  private static void refusesBad(Space space) {
    assertThat(space.tryRun("create", "configmap", "Bad_Name").err())
        .contains("Invalid value: \"Bad_Name\"", "RFC 1123");
    assertThat(space.tryRun("create", "deployment", "web", "--image=").err()).isNotBlank();
    space.run("create", "deployment", "web", "--image=argosy/demo:1", "--replicas=0");
    assertThat(
            space.tryRun("patch", "deployment", "web", "-p", "{\"spec\":{\"replicas\":-1}}").err())
        .contains("spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    assertThat(
            space
                .tryRun(
                    "patch",
                    "deployment",
                    "web",
                    "-p",
                    "{\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}}")
                .err())
        .contains("field is immutable");
  }

  private static void refusesFuture(Space space) {
    String list = "/api/v1/namespaces/" + space.name() + "/configmaps";
    assertThat(space.tryRun("get", "--raw", list + "?resourceVersion=999999999999").err())
        .contains("Too large resource version");
    assertThat(space.tryRun("get", "--raw", list + "?limit=2&continue=nonsense").err())
        .contains("continue key is not valid");
  }

  private static void keepsQuota(Fabric8 place) {
    var quotas = place.client().resourceQuotas().inNamespace(place.namespace());
    quotas
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("few")
                .endMetadata()
                .withNewSpec()
                .addToHard("count/configmaps", new Quantity("1"))
                .endSpec()
                .build())
        .create();
    Eventually.until(
        SOON,
        () -> quotas.withName("few").get().getStatus().getUsed(),
        used -> used != null && used.containsKey("count/configmaps"));
    var refused =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> {
              for (String name : new String[] {"one", "two"}) {
                place
                    .client()
                    .configMaps()
                    .inNamespace(place.namespace())
                    .resource(
                        new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
              }
            });
    assertThat(refused.getCode()).isEqualTo(403);
    assertThat(refused.getMessage()).contains("exceeded quota: few");
  }

  private static void refusesLarge(OfficialJava place) {
    var big =
        new V1ConfigMap()
            .metadata(new V1ObjectMeta().name("big"))
            .data(Map.of("a", "x".repeat(3_500_000)));
    var refused =
        catchThrowableOfType(
            ApiException.class,
            () -> place.core().createNamespacedConfigMap(place.namespace(), big).execute());
    assertThat(refused.getCode()).isEqualTo(413);
  }
}
