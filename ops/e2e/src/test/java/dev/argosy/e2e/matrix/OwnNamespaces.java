package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Space;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;

/** Lists and watches over all namespaces by somebody who has rights in one of them. */
final class OwnNamespaces {

  private static final Duration SOON = Duration.ofSeconds(20);

  private OwnNamespaces() {}

  static void listed(Space space) {
    String user = "only-" + space.name();
    String as = "--as=" + user;
    assertThat(space.tryRun("get", "cm", "-A", as).err())
        .contains("User \"" + user + "\" cannot list resource \"configmaps\" in API group \"\"")
        .contains("at the cluster scope");
    space.run("create", "cm", "mine");
    space.run("create", "rolebinding", "see", "--clusterrole=view", "--user=" + user);
    Eventually.until(SOON, () -> space.tryRun("get", "cm", "-A", as), answer -> answer.ok());
    String columns = "custom-columns=NS:.metadata.namespace,NAME:.metadata.name";
    assertThat(space.run("get", "cm", "-A", as, "--no-headers", "-o", columns).lines())
        .anyMatch(line -> line.endsWith(" mine"))
        .allMatch(line -> line.startsWith(space.name() + " "));
    assertThat(space.run("get", "pods", "-A", as, "--chunk-size=1")).isBlank();
    assertThat(space.run("get", "ns", as, "-o", "name").strip())
        .isEqualTo("namespace/" + space.name());
    assertThat(space.tryRun("get", "secrets", "-A", as).err()).contains("cannot list");
    assertThat(space.tryRun("auth", "can-i", "list", "pods", "-A", as).out()).contains("no");
  }

  static void informed(Fabric8 place) {
    String user = "only-" + place.namespace();
    place
        .client()
        .rbac()
        .roleBindings()
        .inNamespace(place.namespace())
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("see")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
    var config =
        new ConfigBuilder(place.client().getConfiguration()).withImpersonateUsername(user).build();
    try (KubernetesClient own = new KubernetesClientBuilder().withConfig(config).build()) {
      Eventually.until(SOON, () -> canList(own), can -> can);
      try (SharedIndexInformer<ConfigMap> informer = own.configMaps().inAnyNamespace().inform()) {
        create(place, "seen");
        String key = place.namespace() + "/seen";
        Eventually.until(SOON, () -> informer.getIndexer().getByKey(key), found -> found != null);
        assertThat(List.copyOf(informer.getStore().list()))
            .allMatch(map -> map.getMetadata().getNamespace().equals(place.namespace()));
      }
    }
  }

  private static boolean canList(KubernetesClient client) {
    try {
      client.configMaps().inAnyNamespace().list();
      return true;
    } catch (io.fabric8.kubernetes.client.KubernetesClientException e) {
      assertThat(e.getCode()).isEqualTo(403);
      return false;
    }
  }

  private static void create(Fabric8 place, String name) {
    place
        .client()
        .configMaps()
        .inNamespace(place.namespace())
        .resource(new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }
}
