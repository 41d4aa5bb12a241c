package dev.argosy.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Tenant;
import dev.argosy.e2e.matrix.AtOnce;
import dev.argosy.e2e.matrix.Jar;
import dev.argosy.e2e.matrix.Outcomes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What operators live on: informers, owned objects, status, finalizers, a lease. */
class OperatorTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String DEFINITION = "/matrix/greetings.yaml";

  @Test
  void servesItsKindInEachTenant() throws Exception {
    AtOnce.inBothTenants((tenant, namespace) -> {
      try (KubernetesClient client = RunningOperator.client(tenant, namespace)) {
        define(client);
        try {
          lives(tenant, namespace, client);
        } finally {
          letGo(client);
          definition(client).delete();
        }
      }
    });
  }

  private static void lives(Tenant tenant, String namespace, KubernetesClient client)
      throws Exception {
    RunningOperator first = RunningOperator.start(tenant, namespace, "first");
    try {
      step("make what an object asks for", () -> makes(client));
      step("follow a change, and tell the status", () -> follows(client));
      step("repair what others removed", () -> repairs(client));
    } finally {
      first.close();
    }
    try (RunningOperator second = RunningOperator.start(tenant, namespace, "second")) {
      step("hand the lease to another instance", () -> takesOver(client));
      step("clean up before an object goes", () -> cleansUp(client, second));
    }
  }

  private static void step(String operation, Outcomes.Attempt attempt) throws Exception {
    String version = Jar.version(Operator.class);
    Outcomes.note("An operator", operation, "java-operator-sdk", version, attempt);
  }

  private static void makes(KubernetesClient client) {
    Greeting greeting = new Greeting();
    greeting.setMetadata(new ObjectMetaBuilder().withName("one").build());
    greeting.setSpec(new Greeting.Spec());
    greeting.getSpec().text = "hello";
    client.resource(greeting).create();
    ConfigMap map = untilSaid(client, "hello", "first");
    assertThat(map.getMetadata().getOwnerReferences()).hasSize(1);
    assertThat(map.getMetadata().getManagedFields())
        .anyMatch(entry -> entry.getOperation().equals("Apply"));
    assertThat(get(client).getMetadata().getFinalizers()).hasSize(1);
  }

  private static void follows(KubernetesClient client) {
    say(client, "good day");
    untilSaid(client, "good day", "first");
    Greeting greeting = get(client);
    assertThat(greeting.getStatus().observedGeneration)
        .isEqualTo(greeting.getMetadata().getGeneration());
  }

  private static void repairs(KubernetesClient client) {
    String uid = map(client).getMetadata().getUid();
    client.configMaps().withName("one").delete();
    Eventually.until(
        SOON, () -> map(client), map -> map != null && !map.getMetadata().getUid().equals(uid));
  }

  private static void takesOver(KubernetesClient client) {
    say(client, "still here");
    untilSaid(client, "still here", "second");
    assertThat(client.leases().withName("greetings").get().getSpec().getHolderIdentity())
        .isEqualTo("second");
  }

  private static void cleansUp(KubernetesClient client, RunningOperator operator) {
    client.resources(Greeting.class).withName("one").delete();
    Eventually.until(SOON, () -> get(client), Objects::isNull);
    assertThat(operator.reconciler().cleaned).containsExactly("one");
    Eventually.until(SOON, () -> map(client), Objects::isNull);
  }

  /** What a failed test leaves would hold back its definition for ever. */
  private static void letGo(KubernetesClient client) {
    if (get(client) != null) {
      client
          .resources(Greeting.class)
          .withName("one")
          .edit(greeting -> {
            greeting.getMetadata().setFinalizers(List.of());
            return greeting;
          });
    }
  }

  private static void say(KubernetesClient client, String text) {
    client
        .resources(Greeting.class)
        .withName("one")
        .edit(greeting -> {
          greeting.getSpec().text = text;
          return greeting;
        });
  }

  private static ConfigMap untilSaid(KubernetesClient client, String text, String by) {
    Eventually.until(
        SOON,
        () -> get(client).getStatus(),
        status -> status != null && text.equals(status.said) && by.equals(status.by));
    return map(client);
  }

  private static Greeting get(KubernetesClient client) {
    return client.resources(Greeting.class).withName("one").get();
  }

  private static ConfigMap map(KubernetesClient client) {
    return client.configMaps().withName("one").get();
  }

  private static void define(KubernetesClient client) {
    definition(client).createOr(present -> present.update());
    definition(client)
        .waitUntilCondition(
            crd ->
                crd != null
                    && crd.getStatus() != null
                    && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")),
            60,
            TimeUnit.SECONDS);
  }

  private static io.fabric8.kubernetes.client.dsl.Resource<
          io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition>
      definition(KubernetesClient client) {
    return client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .load(OperatorTest.class.getResourceAsStream(DEFINITION));
  }
}
