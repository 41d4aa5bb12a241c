package dev.argosy.server;

import static dev.argosy.server.AccessRig.await;
import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.access.PlatformLoops;
import dev.argosy.server.keycloak.FakeKeycloak;
import dev.argosy.server.keycloak.KeycloakClients;
import dev.argosy.server.tenant.TenantDirectory;
import dev.argosy.server.tenant.serviceclient.ClientWatch;
import dev.argosy.server.tenant.serviceclient.Provider;
import dev.argosy.server.tenant.serviceclient.ServiceClientController;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The loop for service clients: whatever dies, the next one ends what was begun. */
class ServiceClientLoopTest {

  private static final String ROOT = "/clusters/root/apis/tenancy.argosy.dev/v1/";
  private static final String CLIENTS = ROOT + "serviceclients";

  /** Requests to the provider until a client is there: log-in, two looks, making, its user. */
  private static final int MAKING = 5;

  /** And until one is gone: log-in, a look, deleting. */
  private static final int DELETING = 3;

  private static Path folder;
  private static FakeKeycloak keycloak;
  private static AccessRig rig;
  private static TenantDirectory directory;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    keycloak = new FakeKeycloak();
    rig = new AccessRig(folder, keycloak.settings(folder));
    rig.tenant("acme", "ann");
    rig.stopLoops();
    directory = new TenantDirectory(rig.caches, rig.clock);
    directory.start(Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() throws Exception {
    directory.close();
    rig.close();
    keycloak.close();
  }

  /** A server's loop, with a log-in of its own. */
  private static ServiceClientController loop(boolean configured) throws Exception {
    Provider provider =
        new Provider(
            new KeycloakClients(keycloak.settings(folder), rig.clock),
            rig.issuer.url(),
            "argosy-api",
            "preferred_username");
    ServiceClientController loop =
        new ServiceClientController(
            rig.server.local().as(PlatformLoops.SERVICE_CLIENTS),
            configured ? Optional.of(provider) : Optional.empty(),
            new ServiceClientController.Surroundings(
                directory, new ClientWatch.Source(rig.caches, directory), rig.clock));
    loop.start();
    return loop;
  }

  private static void make(String name) throws Exception {
    String body =
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"tenant\":\"acme\",\"role\":\"viewer\"}}"
            .formatted(name);
    ok(201, rig.call("POST", CLIENTS, rig.admin(), body));
  }

  private static void delete(String name) throws Exception {
    ok(200, rig.call("DELETE", CLIENTS + "/" + name, rig.admin(), null));
  }

  private static JsonNode get(String name) throws Exception {
    return rig.call("GET", CLIENTS + "/" + name, rig.admin(), null).json();
  }

  private static String reason(String name) throws Exception {
    return get(name).at("/status/conditions/0/reason").asString("");
  }

  private static boolean gone(String name) throws Exception {
    return rig.call("GET", CLIENTS + "/" + name, rig.admin(), null).code() == 404;
  }

  /** Whom the service clients' Members name. */
  private static List<String> members() throws Exception {
    List<String> users = new ArrayList<>();
    ok(200, rig.call("GET", ROOT + "members", rig.admin(), null))
        .path("items")
        .forEach(member -> {
          String user = member.at("/spec/subject/name").asString("");
          if (user.startsWith("service-account-")) {
            users.add(user);
          }
        });
    return users;
  }

  @Test
  void whereverAServerDiesTheNextOneGoesOn() throws Exception {
    for (int step = 1; step <= MAKING; step++) {
      // each dies at another place
      String name = "acme.made" + step;
      make(name);
      keycloak.loseAnswer(step);
      try (ServiceClientController dying = loop(true)) {
        await(() -> keycloak.lost());
      }
      try (ServiceClientController next = loop(true)) {
        await(() -> reason(name).equals("Provisioned"));
        assertThat(keycloak.clients()).hasSize(1);
        assertThat(members())
            .containsExactly(
                "service-account-" + get(name).at("/status/clientId").asString("nobody"));
      }
      delete(name);
      keycloak.loseAnswer(1 + (step - 1) % DELETING);
      try (ServiceClientController dying = loop(true)) {
        await(() -> keycloak.lost());
      }
      try (ServiceClientController next = loop(true)) {
        await(() -> gone(name));
      }
      assertThat(keycloak.clients()).isEmpty();
      assertThat(members()).isEmpty();
    }
  }

  @Test
  void serversAtTheSameTimeMakeOne() throws Exception {
    try (ServiceClientController one = loop(true);
        ServiceClientController other = loop(true)) {
      for (int i = 0; i < 3; i++) {
        make("acme.both" + i);
      }
      for (int i = 0; i < 3; i++) {
        String name = "acme.both" + i;
        await(() -> reason(name).equals("Provisioned"));
      }
      assertThat(keycloak.clients()).hasSize(3);
      assertThat(members()).hasSize(3);
      for (int i = 0; i < 3; i++) {
        delete("acme.both" + i);
      }
      for (int i = 0; i < 3; i++) {
        String name = "acme.both" + i;
        await(() -> gone(name));
      }
      assertThat(keycloak.clients()).isEmpty();
      assertThat(members()).isEmpty();
    }
  }

  @Test
  void withoutAProviderItSaysSo() throws Exception {
    make("acme.early");
    try (ServiceClientController loop = loop(false)) {
      await(() -> reason("acme.early").equals("NoProvider"));
      assertThat(get("acme.early").at("/status/conditions/0/message").asString())
          .contains("argosy.identity.keycloak.url");
    }
    assertThat(rig.call("POST", CLIENTS + "/acme.early/credentials", rig.admin(), "{}").body())
        .contains("is not ready");
    try (ServiceClientController loop = loop(true)) {
      await(() -> reason("acme.early").equals("Provisioned"));
    }
    delete("acme.early");
    try (ServiceClientController loop = loop(false)) {
      await(() -> reason("acme.early").equals("NoProvider"));
      assertThat(get("acme.early").at("/status/conditions/0/message").asString())
          .contains(rig.issuer.url());
    }
    assertThat(members()).isEmpty();
    try (ServiceClientController loop = loop(true)) {
      await(() -> gone("acme.early"));
    }
    make("acme.never");
    delete("acme.never");
    try (ServiceClientController loop = loop(false)) {
      await(() -> gone("acme.never"));
    }
  }

  @Test
  void whatOthersChangedAtTheProviderIsMendedAtTheNextStart() throws Exception {
    make("acme.drift");
    try (ServiceClientController loop = loop(true)) {
      await(() -> reason("acme.drift").equals("Provisioned"));
    }
    String clientId = get("acme.drift").at("/status/clientId").asString();
    keycloak.edit(clientId, "standardFlowEnabled", Json.mapper().valueToTree(true));
    try (ServiceClientController loop = loop(true)) {
      await(() -> !keycloak.clients().getFirst().path("standardFlowEnabled").asBoolean(true));
      delete("acme.drift");
      await(() -> gone("acme.drift"));
    }
  }
}
