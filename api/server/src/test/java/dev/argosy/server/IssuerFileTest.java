package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.authn.FakeIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several identity providers, from a file that changes while the server runs. */
class IssuerFileTest {

  private static AccessRig rig;
  private static FakeIssuer partner;
  private static FakeIssuer another;
  private static Path file;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    file = folder.resolve("authentication.yaml");
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    partner = new FakeIssuer(Clock.systemUTC());
    another = new FakeIssuer(Clock.systemUTC());
  }

  @AfterAll
  static void stop() throws Exception {
    partner.close();
    another.close();
    rig.close();
  }

  /** In one step, as whoever mounts files does. */
  private static void write(String text) throws Exception {
    Path next = file.resolveSibling("next.yaml");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String config(FakeIssuer issuer, String prefix) {
    return """
    - issuer:
        url: %s
        audiences: [partner-api, argosy-api]
        audienceMatchPolicy: MatchAny
      claimMappings:
        username: {expression: '"%s" + claims.preferred_username'}
        groups: {expression: 'claims.groups.map(g, "%s" + g)'}
        extra: [{key: example.com/issuer, valueExpression: 'claims.iss'}]
      claimValidationRules:
      - {expression: 'claims.preferred_username != "eve"', message: not eve}
    """
        .formatted(issuer.url(), prefix, prefix);
  }

  private static final String HEAD =
      "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt:\n";

  private static AccessRig.Answer self(String token) throws Exception {
    return rig.call(
        "POST", "/clusters/root/apis/authentication.k8s.io/v1/selfsubjectreviews", token, "{}");
  }

  private static String nameOf(String token) throws Exception {
    return self(token).json().path("status").path("userInfo").path("username").asString("");
  }

  /** The claim as Keycloak writes it, whichever way its mapper is set. */
  @Test
  void membersOfAnOrganizationAreMembers() throws Exception {
    String member =
        """
        {"metadata":{"name":"acme.globex"},"spec":{"tenant":"acme","role":"viewer",
         "subject":{"kind":"Group","name":"organization:globex"}}}
        """;
    String members = "/clusters/root/apis/tenancy.argosy.dev/v1/members";
    AccessRig.ok(201, rig.call("POST", members, rig.admin(), member));
    List<Object> inside =
        List.of(
            List.of("initech", "globex"),
            Map.of("globex", Map.of()),
            Map.of("globex", Map.of("id", "42c3e46f", "team", List.of("a"))),
            "globex");
    for (int i = 0; i < inside.size(); i++) {
      String token = inOrganizations("lee" + i, inside.get(i));
      AccessRig.await(() -> pods(token) == 200);
    }
    assertThat(self(inOrganizations("kim", inside.get(0))).json().at("/status/userInfo/groups"))
        .hasToString(
            "[\"staff\",\"organization:initech\",\"organization:globex\",\"system:authenticated\"]");
    for (Object outside :
        List.of(
            List.of("initech"), List.of(), Map.of("globex2", Map.of()), 7, List.of(7), "Globex")) {
      assertThat(pods(inOrganizations("out", outside))).isEqualTo(403);
    }
    assertThat(pods(rig.issuer.token("eve", "organization:globex"))).isEqualTo(403);
  }

  private static String inOrganizations(String user, Object claim) {
    return rig.issuer.token(user, List.of("staff"), claims -> claims.claim("organization", claim));
  }

  private static int pods(String token) throws Exception {
    return rig.call("GET", "/clusters/acme/api/v1/pods", token, null).code();
  }

  @Test
  void providersComeAndGoWithTheFile() throws Exception {
    String pat = partner.token("pat", "devs");
    assertThat(self(pat).code()).isEqualTo(401);
    write(HEAD + config(partner, "partner:"));
    AccessRig.await(() -> self(pat).code() == 201);
    JsonNode user = self(pat).json().path("status").path("userInfo");
    assertThat(user.path("username").asString()).isEqualTo("partner:pat");
    assertThat(user.path("groups").toString()).contains("partner:devs");
    assertThat(user.path("extra").path("example.com/issuer").path(0).asString())
        .isEqualTo(partner.url());
    String other = partner.token("pat", List.of("devs"), claims -> claims.audience("partner-api"));
    assertThat(nameOf(other)).isEqualTo("partner:pat");
    assertThat(self(partner.token("eve")).code()).isEqualTo(401);
    assertThat(self(partner.forged("pat")).code()).isEqualTo(401);
    assertThat(nameOf(rig.issuer.token("ann"))).isEqualTo("ann");

    // the same token means what the file says now, and a second provider joins
    write(HEAD + config(partner, "p2:") + config(another, "b:"));
    AccessRig.await(() -> nameOf(pat).equals("p2:pat"));
    assertThat(nameOf(another.token("pat"))).isEqualTo("b:pat");

    // a bad file changes nothing, however bad
    for (String bad :
        List.of(
            "nonsense: [",
            HEAD + config(partner, "p3:").replace("claims.iss", "claims.("),
            HEAD + config(partner, "p3:") + config(partner, "p4:"),
            HEAD + config(rig.issuer, "p5:"))) {
      write(bad);
    }
    Files.delete(file);
    assertThat(nameOf(pat)).isEqualTo("p2:pat");

    write(HEAD + config(another, "b:"));
    AccessRig.await(() -> self(pat).code() == 401);
    assertThat(nameOf(another.token("pat"))).isEqualTo("b:pat");
    assertThat(nameOf(rig.issuer.token("ann"))).isEqualTo("ann");
  }
}
