package dev.argosy.e2e.operator;

import dev.argosy.e2e.Target;
import dev.argosy.e2e.Tenant;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;

/** One instance of the operator in one namespace; of several, the one with the lease works. */
record RunningOperator(Operator operator, GreetingReconciler reconciler) implements AutoCloseable {

  static RunningOperator start(Tenant tenant, String namespace, String name) {
    var election =
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("greetings")
            .withLeaseNamespace(namespace)
            .withIdentity(name)
            .withLeaseDuration(Duration.ofSeconds(8))
            .withRenewDeadline(Duration.ofSeconds(6))
            .withRetryPeriod(Duration.ofSeconds(1))
            .buildForTest(false);
    var reconciler = new GreetingReconciler(name);
    var operator =
        new Operator(settings ->
            settings
                .withKubernetesClient(client(tenant, namespace))
                .withLeaderElectionConfiguration(election));
    operator.register(reconciler, controller -> controller.settingNamespace(namespace));
    operator.start();
    return new RunningOperator(operator, reconciler);
  }

  static KubernetesClient client(Tenant tenant, String namespace) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(tenant.url())
            .withCaCertFile(Target.ca().toString())
            .withOauthToken(tenant.token())
            .withNamespace(namespace)
            .withRequestTimeout(60_000)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @Override
  public void close() {
    operator.stop();
  }
}
