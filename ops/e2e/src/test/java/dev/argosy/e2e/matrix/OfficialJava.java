package dev.argosy.e2e.matrix;

import dev.argosy.e2e.Tenant;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/** The Java client of the Kubernetes project in a namespace of its own. */
record OfficialJava(ApiClient client, String namespace) {

  static final String VERSION = Jar.version(ClientBuilder.class);

  static OfficialJava open(Tenant tenant, String namespace) throws IOException {
    try (var kubeconfig = Files.newBufferedReader(tenant.kubeconfig())) {
      ApiClient client =
          ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(kubeconfig))
              .setReadTimeout(Duration.ZERO)
              .build();
      return new OfficialJava(client, namespace);
    }
  }

  CoreV1Api core() {
    return new CoreV1Api(client);
  }
}
