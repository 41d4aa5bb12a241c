package dev.argosy.server.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import dev.argosy.server.keycloak.KeycloakClients.Made;
import dev.argosy.server.keycloak.ProviderTroubleException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Clients of a realm are made, changed and deleted, whatever went wrong before. */
class KeycloakClientsTest {

  @TempDir private Path folder;
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private FakeKeycloak keycloak;
  private KeycloakClients clients;

  @BeforeEach
  void start() throws Exception {
    keycloak = new FakeKeycloak();
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    clients = new KeycloakClients(keycloak.settings(folder), clock);
  }

  @AfterEach
  void stop() {
    keycloak.close();
  }

  private static WantedClient wanted(String owner, boolean enabled) {
    return new WantedClient(
        "svc-a",
        owner,
        new WantedClient.Looks("a", ""),
        enabled,
        new WantedClient.Claims("argosy-api", "preferred_username", Duration.ofMinutes(15)));
  }

  private static void assertTrouble(Kind kind, String words, ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            ProviderTroubleException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(words)
        .hasMessageNotContaining("own secret");
  }

  @Test
  void programsAloneLogInWithIt() {
    Made made = clients.ensure(wanted("u1", true));
    assertThat(made.fresh()).isTrue();
    assertThat(made.username()).isEqualTo("service-account-svc-a");
    JsonNode client = keycloak.clients().getFirst();
    assertThat(client.path("serviceAccountsEnabled").asBoolean()).isTrue();
    for (String no :
        new String[] {
          "publicClient",
          "standardFlowEnabled",
          "implicitFlowEnabled",
          "directAccessGrantsEnabled",
          "fullScopeAllowed"
        }) {
      assertThat(client.path(no).asBoolean(true)).as(no).isFalse();
    }
    assertThat(client.path("defaultClientScopes").toString()).isEqualTo("[\"basic\"]");
    assertThat(client.at("/protocolMappers/0/config/included.custom.audience").asString())
        .isEqualTo("argosy-api");
    assertThat(client.at("/protocolMappers/1/config/claim.name").asString())
        .isEqualTo("preferred_username");
    assertThat(client.at("/attributes/access.token.lifespan").asString()).isEqualTo("900");
  }

  @Test
  void twiceIsOnce() {
    Made first = clients.ensure(wanted("u1", true));
    keycloak.takeAsked();
    Made second = clients.ensure(wanted("u1", true));
    assertThat(second).isEqualTo(new Made(false, first.userId(), first.username()));
    assertThat(keycloak.takeAsked()).hasSize(2).allMatch(asked -> asked.startsWith("GET "));
    assertThat(keycloak.clients()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whereverTheAnswerIsLostTheNextTryEndsIt(int number) {
    keycloak.loseAnswer(number);
    assertTrouble(Kind.AWAY, "answered 502", () -> clients.ensure(wanted("u1", true)));
    assertThat(clients.ensure(wanted("u1", true)).username()).isEqualTo("service-account-svc-a");
    assertThat(keycloak.clients()).hasSize(1);
  }

  @Test
  void whatOthersChangedIsChangedBack() {
    clients.ensure(wanted("u1", true));
    String secret = keycloak.clients().getFirst().path("secret").asString();
    keycloak.edit("svc-a", "standardFlowEnabled", Json.mapper().valueToTree(true));
    clients.ensure(wanted("u1", true));
    assertThat(keycloak.clients().getFirst().path("standardFlowEnabled").asBoolean(true)).isFalse();
    clients.ensure(wanted("u1", false));
    JsonNode client = keycloak.clients().getFirst();
    assertThat(client.path("enabled").asBoolean(true)).isFalse();
    assertThat(client.path("secret").asString()).isEqualTo(secret);
  }

  @Test
  void whatIsNotOfThisMakingIsLeftAlone() {
    keycloak.add("svc-a");
    keycloak.add("svc-b");
    assertTrouble(
        Kind.REFUSED, "not of this platform's making", () -> clients.ensure(wanted("u1", true)));
    assertTrouble(Kind.REFUSED, "not of this platform's", () -> clients.rotate("svc-b", "u1"));
    assertTrouble(Kind.REFUSED, "not of this platform's", () -> clients.remove("svc-b", "u1"));
    assertThat(keycloak.clients()).hasSize(2).allMatch(client -> !client.has("enabled"));
  }

  @Test
  void theSecretOfBeforeEnds() {
    assertThat(clients.rotate("svc-a", "u1")).isEmpty();
    clients.ensure(wanted("u1", true));
    String first = clients.rotate("svc-a", "u1").orElseThrow();
    String second = clients.rotate("svc-a", "u1").orElseThrow();
    assertThat(keycloak.logsIn("svc-a", first)).isFalse();
    assertThat(keycloak.logsIn("svc-a", second)).isTrue();
    assertThat(keycloak.takeAsked().getLast()).endsWith("/client-secret/rotated");
    clients.remove("svc-a", "u1");
    clients.remove("svc-a", "u1");
    assertThat(keycloak.clients()).isEmpty();
  }

  @Test
  void theTokenIsUsedUntilItEnds() {
    clients.remove("svc-a", "u1");
    clients.remove("svc-a", "u1");
    assertThat(keycloak.takeAsked()).filteredOn(a -> a.startsWith("POST")).hasSize(1);
    now = now.plusSeconds(41);
    clients.remove("svc-a", "u1");
    assertThat(keycloak.takeAsked()).filteredOn(a -> a.startsWith("POST")).hasSize(1);
    keycloak.logOut();
    clients.remove("svc-a", "u1");
    assertThat(keycloak.takeAsked()).filteredOn(a -> a.startsWith("POST")).hasSize(1);
  }

  @Test
  void whatWentWrongIsSaid() throws Exception {
    keycloak.away(503);
    assertTrouble(Kind.AWAY, "answered 503", () -> clients.ensure(wanted("u1", true)));
    keycloak.away(0);
    Files.writeString(folder.resolve("provisioner"), "another");
    assertTrouble(
        Kind.REFUSED, "Invalid client credentials", () -> clients.ensure(wanted("u1", true)));
    Files.delete(folder.resolve("provisioner"));
    assertTrouble(Kind.REFUSED, "cannot read", () -> clients.ensure(wanted("u1", true)));
    Files.writeString(folder.resolve("provisioner"), "own secret");
    clients.ensure(wanted("u1", true));
    keycloak.away(403);
    assertTrouble(Kind.REFUSED, "may not manage clients", () -> clients.remove("svc-a", "u1"));
    keycloak.close();
    assertTrouble(Kind.AWAY, "does not answer", () -> clients.remove("svc-a", "u1"));
  }

  @Test
  void settings() {
    String prefix = "argosy.identity.keycloak.";
    assertThat(KeycloakSettings.of(Map.of())).isEmpty();
    KeycloakSettings read =
        KeycloakSettings.of(Map.of(prefix + "url", "https://id/", prefix + "secret-file", "/s"))
            .orElseThrow();
    assertThat(read.url()).hasToString("https://id");
    assertThat(read.realm()).isEqualTo("argosy");
    assertThat(read.issuer()).isEmpty();
    assertThat(read.own().clientId()).isEqualTo("argosy-provisioner");
    assertThat(read.ca()).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> KeycloakSettings.of(Map.of(prefix + "url", "https://id")))
        .hasMessageContaining("secret-file must be set");
    assertThatThrownBy(() ->
            KeycloakSettings.of(
                Map.of(prefix + "url", "http://id.example", prefix + "secret-file", "/s")))
        .hasMessageContaining("must be an https address");
  }
}
