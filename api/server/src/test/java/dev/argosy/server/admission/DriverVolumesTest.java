package dev.argosy.server.admission;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.access.Authorizer.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Who may say which volume of a driver is theirs. */
class DriverVolumesTest {

  private static final ResourceType VOLUMES =
      BuiltinKinds.load()
          .ofCluster("acme")
          .find("", "v1", "persistentvolumes")
          .orElseThrow()
          .type();

  private final DriverVolumes step =
      new DriverVolumes(
          DriverVolumesTest::driver,
          attributes ->
              attributes.user().name().equals("admin")
                      && attributes.cluster().equals("root")
                      && attributes.resource().equals("persistentvolumes")
                  ? Decision.allow("rule")
                  : Decision.deny("none"));

  private static Optional<ApiObject> driver(ObjectKey key) {
    if (!key.cluster().equals("root")) {
      return Optional.empty();
    }
    ObjectNode driver = Json.object();
    driver.put("apiVersion", "storage.k8s.io/v1").put("kind", "CSIDriver");
    ObjectNode meta = driver.putObject("metadata").put("name", key.name());
    if (key.name().equals("shared.example.com")) {
      meta.putObject("annotations").put("argosy.dev/controller", "platform");
    }
    return Optional.of(ApiObject.ofStored(key, 1, Json.mapper().writeValueAsBytes(driver)));
  }

  private static AdmissionRequest request(String user, String cluster, String driver) {
    ObjectNode volume = Json.object();
    volume
        .putObject("spec")
        .putObject("csi")
        .put("driver", driver)
        .put("volumeHandle", "of-somebody-else");
    return new AdmissionRequest(
        new AdmissionRequest.Target(VOLUMES, cluster, "", "v", "", false),
        Operation.CREATE,
        new UserInfo(user, "", List.of(), Map.of()),
        volume,
        null);
  }

  @Test
  void aTenantCannotNameAVolumeOfADriverOfThePlatform() {
    assertThatThrownBy(() -> step.validate(request("dev", "acme", "shared.example.com")))
        .hasMessageContaining(
            "persistentvolumes \"v\" is forbidden: volumes of driver \"shared.example.com\" are made"
                + " by the platform; ask for one by a claim");
  }

  @Test
  void everythingElseIsItsOwnAffair() {
    assertThatCode(() -> step.validate(request("admin", "acme", "shared.example.com")))
        .doesNotThrowAnyException();
    assertThatCode(() -> step.validate(request("dev", "acme", "own.example.com")))
        .doesNotThrowAnyException();
    assertThatCode(() -> step.validate(request("dev", "root", "shared.example.com")))
        .doesNotThrowAnyException();
  }
}
