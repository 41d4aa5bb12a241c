package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;

import dev.argosy.server.AccessRig.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A platform with people, shared by the tests of access tokens. */
@ExtendWith(AccessTokenScene.Sharing.class)
abstract class AccessTokenScene {

  static final String ACME = "/clusters/acme";
  static final String TOKENS = "/apis/access.argosy.dev/v1/accesstokens";
  static final String MEMBERS = "/apis/tenancy.argosy.dev/v1/members";
  static final String PODS = ACME + "/api/v1/namespaces/default/pods";
  static final String MAPS = ACME + "/api/v1/namespaces/default/configmaps";

  final AccessRig rig;
  final Path files;

  /** What runs, for all classes that ask for it. */
  record Servers(AccessRig rig, Path files) implements AutoCloseable {

    private static Servers start() throws Exception {
      Path files = Files.createTempDirectory("tokens");
      AccessRig rig = new AccessRig(files);
      rig.tenant("acme", "ann");
      rig.tenant("globex", "gus");
      return new Servers(rig, files);
    }

    @Override
    public void close() throws Exception {
      rig.close();
    }
  }

  /** Starts them once. */
  static final class Sharing extends SharedParameter<Servers> {
    Sharing() {
      super(Servers.class, Servers::start);
    }
  }

  AccessTokenScene(Servers servers) {
    rig = servers.rig();
    files = servers.files();
  }

  String in(Duration time) {
    return rig.clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  String body(String name, String more) {
    return body(name, Duration.ofHours(1), more);
  }

  String body(String name, Duration lasts, String more) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"expiresAt\":\"%s\"%s}}"
        .formatted(name, in(lasts), more);
  }

  Answer call(String method, String path, String token, @Nullable String body) throws Exception {
    return rig.call(method, path, token, body);
  }

  String user(String name, String... groups) {
    return rig.issuer.token(name, groups);
  }

  /** Makes a token in a cluster; answers its text. */
  String make(String cluster, String as, String body) throws Exception {
    JsonNode made = ok(201, call("POST", "/clusters/" + cluster + TOKENS, as, body));
    return made.path("status").path("token").asString();
  }

  void member(String tenant, String name, String role) throws Exception {
    String body =
        """
        {"metadata":{"name":"%s-%s"},"spec":{"tenant":"%s","role":"%s",
         "subject":{"kind":"User","name":"%s"}}}
        """
            .formatted(tenant, name, tenant, role, name);
    ok(201, call("POST", MEMBERS, rig.admin(), body));
    AccessRig.await(() -> code("GET", "/clusters/" + tenant + "/api/v1/pods", user(name)) == 200);
  }

  int code(String method, String path, String token) throws Exception {
    return call(method, path, token, null).code();
  }

  static String map(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"a\":\"b\"}}";
  }
}
