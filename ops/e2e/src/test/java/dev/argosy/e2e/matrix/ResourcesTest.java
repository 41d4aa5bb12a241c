package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Space;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.util.Yaml;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What kinds there are, and that each can be made, read and removed. */
class ResourcesTest {

  private static final String EVERY = "create, read and delete every kind";

  @TestFactory
  Stream<DynamicTest> resources() {
    return new Part("Resources")
        .kubectl("list kinds and versions", ResourcesTest::discovers)
        .kubectl(EVERY, ResourcesTest::makesEveryKind)
        .kubectl("create, read and delete cluster-wide kinds", ResourcesTest::makesClusterKinds)
        .kubectl("create by short commands", ResourcesTest::generates)
        .fabric8("list kinds and versions", ResourcesTest::discovers)
        .fabric8(EVERY, ResourcesTest::makesEveryKind)
        .java(EVERY, ResourcesTest::makesSomeKinds)
        .script(Script.javascript(), "list kinds and versions", EVERY)
        .script(Script.python(), "list kinds and versions", EVERY)
        .tests();
  }

  private static void discovers(Space space) {
    assertThat(space.run("api-versions")).contains("apps/v1", "policy/v1", "resource.k8s.io/v1");
    assertThat(space.run("api-resources", "-o", "wide"))
        .contains("deployments", "horizontalpodautoscalers", "customresourcedefinitions");
    assertThat(space.run("api-resources", "--namespaced=false", "-o", "name"))
        .contains("nodes")
        .doesNotContain("configmaps");
  }

  private static void makesEveryKind(Space space) {
    String all = Text.of("every-kind.yaml");
    int kinds = all.split("\n---\n").length;
    assertThat(space.with(all, "create", "-f", "-").orFail().lines()).hasSize(kinds);
    String names = space.with(all, "get", "-f", "-", "-o", "name").orFail();
    assertThat(names.lines()).hasSize(kinds);
    assertThat(space.with(all, "delete", "--wait=false", "-f", "-").orFail().lines())
        .hasSize(kinds);
  }

  private static void makesClusterKinds(Space space) {
    String all = Text.of("cluster-kinds.yaml").replace("NAME", space.name());
    try {
      assertThat(space.with(all, "create", "-f", "-").orFail().lines())
          .hasSize(all.split("\n---\n").length)
          .allMatch(line -> line.endsWith("created"));
    } finally {
      space.with(all, "delete", "--wait=false", "-f", "-").orFail();
    }
  }

  private static void generates(Space space) {
    for (String command :
        List.of(
            "create configmap words --from-literal=a=b",
            "create secret generic hidden --from-literal=a=b",
            "create deployment web --image=argosy/demo:1 --replicas=0",
            "create service clusterip front --tcp=80:8080",
            "create serviceaccount robot",
            "create role reader --verb=get --resource=pods",
            "create rolebinding reader --role=reader --user=someone",
            "create ingress way --rule=example.com/*=front:80",
            "create quota most --hard=pods=10",
            "expose deployment web --port=80 --name=exposed",
            "autoscale deployment web --max=3")) {
      assertThat(space.run(command.split(" "))).as(command).contains(" ");
    }
    assertThat(space.run("get", "all")).contains("deployment.apps/web", "service/front");
  }

  private static void discovers(Fabric8 place) {
    assertThat(place.client().getApiGroups().getGroups()).extracting("name").contains("apps");
    assertThat(place.client().getApiResources("batch/v1").getResources())
        .extracting("name")
        .contains("jobs", "cronjobs/status");
    assertThat(place.client().getKubernetesVersion().getMinor()).isEqualTo("35");
  }

  private static void makesEveryKind(Fabric8 place) {
    byte[] text = Text.of("every-kind.yaml").getBytes(StandardCharsets.UTF_8);
    var all = place.client().load(new ByteArrayInputStream(text)).inNamespace(place.namespace());
    List<HasMetadata> made = all.create();
    assertThat(made).allMatch(one -> one.getMetadata().getUid() != null);
    assertThat(all.get()).hasSameSizeAs(made).doesNotContainNull();
    assertThat(all.delete()).hasSameSizeAs(made);
  }

  private static void makesSomeKinds(OfficialJava place) throws Exception {
    String namespace = place.namespace();
    var apps = new AppsV1Api(place.client());
    var networking = new NetworkingV1Api(place.client());
    for (Object one : Yaml.loadAll(Text.of("every-kind.yaml"))) {
      switch (one) {
        case V1ConfigMap it -> place.core().createNamespacedConfigMap(namespace, it).execute();
        case V1Service it -> place.core().createNamespacedService(namespace, it).execute();
        case V1Deployment it -> apps.createNamespacedDeployment(namespace, it).execute();
        case V1NetworkPolicy it ->
            networking.createNamespacedNetworkPolicy(namespace, it).execute();
        default -> {}
      }
    }
    assertThat(place.core().readNamespacedConfigMap("one", namespace).execute().getData())
        .containsEntry("colour", "green");
    assertThat(apps.readNamespacedDeployment("one", namespace).execute().getSpec().getReplicas())
        .isZero();
    apps.deleteNamespacedDeployment("one", namespace).execute();
    networking.deleteNamespacedNetworkPolicy("one", namespace).execute();
    place.core().deleteNamespacedService("one", namespace).execute();
  }
}
