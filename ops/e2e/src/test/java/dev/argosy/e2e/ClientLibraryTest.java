package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A public Java client, unmodified. */
class ClientLibraryTest {

  @Test
  void informsAboutChangesAndReadsLogs() {
    Config config =
        new io.fabric8.kubernetes.client.ConfigBuilder()
            .withMasterUrl(Target.apiUrl() + "/clusters/acme")
            .withCaCertFile(Target.ca().toString())
            .withOauthToken(new Api().userToken("acme-dev"))
            .build();
    String namespace = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      client
          .namespaces()
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .create();
      try (SharedIndexInformer<ConfigMap> informer =
          client.configMaps().inNamespace(namespace).inform()) {
        client
            .configMaps()
            .inNamespace(namespace)
            .resource(
                new ConfigMapBuilder().withNewMetadata().withName("seen").endMetadata().build())
            .create();
        Eventually.until(
            Duration.ofSeconds(10),
            () -> informer.getIndexer().getByKey(namespace + "/seen"),
            found -> found != null);
      }
      runsAPod(client, namespace);
    }
  }

  private static void runsAPod(KubernetesClient client, String namespace) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("once")
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("main")
            .withImage("argosy/demo:1")
            .withCommand("echo", "done once")
            .endContainer()
            .endSpec()
            .build();
    var pods = client.pods().inNamespace(namespace);
    pods.resource(pod).create();
    pods.withName("once")
        .waitUntilCondition(
            p -> p != null && "Succeeded".equals(p.getStatus().getPhase()), 90, TimeUnit.SECONDS);
    assertThat(pods.withName("once").getLog()).contains("done once");
    client.namespaces().withName(namespace).delete();
  }
}
