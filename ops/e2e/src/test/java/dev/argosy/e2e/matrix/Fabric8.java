package dev.argosy.e2e.matrix;

import dev.argosy.e2e.Target;
import dev.argosy.e2e.Tenant;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** The fabric8 client in a namespace of its own. */
record Fabric8(KubernetesClient client, String namespace) implements AutoCloseable {

  static final String VERSION = Jar.version(KubernetesClient.class);

  static Fabric8 open(Tenant tenant, String namespace) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(tenant.url())
            .withCaCertFile(Target.ca().toString())
            .withOauthToken(tenant.token())
            .withNamespace(namespace)
            .withRequestTimeout(60_000)
            .build();
    return new Fabric8(new KubernetesClientBuilder().withConfig(config).build(), namespace);
  }

  @Override
  public void close() {
    client.close();
  }
}
