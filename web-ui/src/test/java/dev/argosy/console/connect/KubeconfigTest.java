package dev.argosy.console.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

class KubeconfigTest {

  private static final CommandLineSettings SETTINGS =
      CommandLineSettings.of(
          Map.of(
              "argosy.api.url", "https://api.test:6443",
              "argosy.oidc.issuer", "https://id.test/realms/argosy"));

  @Test
  void leadsToTheTenantsClusterByThePlugin() {
    JsonNode config = parsed(new Kubeconfig(SETTINGS, "acme", "PEM"));
    JsonNode cluster = config.at("/clusters/0/cluster");
    assertThat(cluster.path("server").asString(""))
        .isEqualTo("https://api.test:6443/clusters/acme");
    assertThat(cluster.path("certificate-authority-data").asString("")).isEqualTo("UEVN");
    JsonNode exec = config.at("/users/0/user/exec");
    assertThat(exec.path("command").asString("")).isEqualTo("kubectl-login");
    assertThat(exec.path("args").toString())
        .isEqualTo("[\"--client\",\"argosy-cli\",\"https://id.test/realms/argosy\"]");
  }

  @Test
  void namesNoAuthorityThatIsNotKnown() {
    JsonNode config = parsed(new Kubeconfig(SETTINGS, "acme", ""));
    assertThat(config.at("/clusters/0/cluster").has("certificate-authority-data")).isFalse();
    assertThat(config.at("/contexts/0/context/cluster").asString("")).isEqualTo("acme");
  }

  private static JsonNode parsed(Kubeconfig kubeconfig) {
    Load load = new Load(LoadSettings.builder().build());
    return Json.mapper().valueToTree(load.loadFromString(kubeconfig.yaml()));
  }
}
