package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.access.PlatformLoops;
import dev.argosy.server.local.LocalApiClients;
import dev.argosy.server.tenant.Founding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tenant's namespaces, and what they begin with. */
class FoundingTest {

  private static AccessRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static JsonNode get(String path) throws Exception {
    return ok(200, rig.call("GET", "/clusters/acme" + path, rig.admin(), null));
  }

  private static String born(String path) throws Exception {
    return get(path).at("/metadata/resourceVersion").asString("");
  }

  private static ObjectNode object(String kind, String namespace, String name) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      object.withObject("metadata").put("namespace", namespace);
    }
    return object;
  }

  private static Founding founding() {
    LocalApiClients clients = rig.server.local();
    return clients.founding(PlatformLoops.TENANTS);
  }

  @Test
  void aNamespaceIsNeverThereWithoutWhatItBeginsWith() throws Exception {
    for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
      String revision = born("/api/v1/namespaces/" + name);
      String within = "/api/v1/namespaces/" + name;
      assertThat(born(within + "/serviceaccounts/default")).isEqualTo(revision);
      JsonNode map = get(within + "/configmaps/kube-root-ca.crt");
      assertThat(map.at("/metadata/resourceVersion").asString("")).isEqualTo(revision);
      assertThat(map.at("/data/ca.crt").asString("")).contains("BEGIN CERTIFICATE");
      assertThat(map.at("/metadata/managedFields")).isNotEmpty();
    }
    JsonNode service = get("/api/v1/namespaces/default/services/kubernetes");
    assertThat(service.at("/spec/clusterIP").asString("")).isEqualTo("10.96.0.1");
    assertThat(service.at("/metadata/resourceVersion").asString(""))
        .isEqualTo(born("/api/v1/namespaces/default"));
  }

  @Test
  void allOfItIsChargedToTheTenant() throws Exception {
    AccessRig.await(() -> used().equals(Integer.toString(objects())));
    assertThat(objects()).isEqualTo(4 * 3 + 3);
  }

  private static String used() throws Exception {
    String quota = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas/acme.etcd";
    JsonNode used = ok(200, rig.call("GET", quota, rig.admin(), null)).at("/status/used");
    return used.path("etcd.argosy.dev/objects").asString("");
  }

  private static int objects() throws Exception {
    int count = 0;
    for (String all :
        List.of(
            "/api/v1/namespaces",
            "/api/v1/serviceaccounts",
            "/api/v1/configmaps?fieldSelector=metadata.name%3Dkube-root-ca.crt",
            "/api/v1/services",
            "/api/v1/endpoints",
            "/apis/discovery.k8s.io/v1/endpointslices")) {
      count += get(all).path("items").size();
    }
    return count;
  }

  @Test
  void whereOneIsThereNoneIsMade() throws Exception {
    ok(
        201,
        rig.call(
            "POST",
            "/clusters/acme/api/v1/namespaces",
            rig.admin(),
            object("Namespace", "", "taken").toString()));
    assertThat(
            founding()
                .found(
                    "acme",
                    List.of(object("Namespace", "", "taken"), object("Secret", "taken", "new"))))
        .isFalse();
    assertThat(
            rig.call("GET", "/clusters/acme/api/v1/namespaces/taken/secrets/new", rig.admin(), null)
                .code())
        .isEqualTo(404);
  }
}
