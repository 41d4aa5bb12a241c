package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.Vault;
import dev.argosy.tenancy.recording.ExecRecording;
import dev.argosy.tenancy.recording.RecordingLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Recordings as those see and replay them who may. */
class RecordingsTest {

  private static final String RECORDINGS = "/apis/audit.argosy.dev/v1/execrecordings";
  private static final Instant NOW = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
  private static AccessRig rig;
  private static RecordingLog log;
  private static String ann;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = rig.issuer.token("ann");
    log = new RecordingLog(rig.database);
    record("acme", "r-1", NOW.minus(Duration.ofHours(3)), "one");
    record("acme", "r-2", NOW.minus(Duration.ofHours(2)), "two");
    record("globex", "r-3", NOW.minus(Duration.ofHours(1)), "three");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static ExecRecording.Place record(String cluster, String name, Instant at, String text) {
    ExecRecording.Place place = new ExecRecording.Place(cluster, name, "default", "web", "app");
    log.begin(
        new ExecRecording(
            place,
            new ExecRecording.Who("ann", "", "id"),
            new ExecRecording.What("exec", "sh", at),
            new ExecRecording.Screen(true, 80, 24),
            new ExecRecording.Course(0, 0, "Recording", Optional.empty(), "")));
    for (int part = 0; part < 2; part++) {
      byte[] cast = ("[0.5,\"o\",\"" + text + part + "\"]\n").getBytes(StandardCharsets.UTF_8);
      ObjectKey key =
          new ObjectKey(new GroupResource("~recordings", "parts"), cluster, "", name + "." + part);
      byte[] sealed = rig.sealing.vault().seal(key, cast);
      log.add(place, part, Vault.keyId(sealed), sealed, text.length() + 1);
    }
    log.end(
        place, new ExecRecording.Course(0, 0, "Complete", Optional.of(at.plusSeconds(9)), "ok"));
    return place;
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(i -> names.add(i.path("metadata").path("name").asString("")));
    return names;
  }

  @Test
  void auditorsListAndReplay() throws Exception {
    assertThat(names(ok(200, rig.call("GET", RECORDINGS, ann, null))))
        .containsExactly("r-2", "r-1");
    JsonNode one = ok(200, rig.call("GET", RECORDINGS + "/r-1", ann, null));
    assertThat(one.path("state").asString("")).isEqualTo("Complete");
    assertThat(one.path("bytes").asInt(0)).isEqualTo(8);
    AccessRig.Answer cast = rig.call("GET", "/audit/recordings/r-1", ann, null);
    assertThat(cast.code()).isEqualTo(200);
    List<String> lines = cast.body().lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode header = Json.mapper().readTree(lines.getFirst());
    assertThat(header.path("version").asInt(0)).isEqualTo(2);
    assertThat(header.path("width").asInt(0)).isEqualTo(80);
    assertThat(lines.get(2)).isEqualTo("[0.5,\"o\",\"one1\"]");
  }

  @Test
  void othersNeedTheRoleOfAuditors() throws Exception {
    String eve = rig.issuer.token("eve");
    assertThat(rig.call("GET", "/clusters/acme" + RECORDINGS, eve, null).code()).isEqualTo(403);
    String cast = "/clusters/acme/audit/recordings/r-1";
    assertThat(rig.call("GET", cast, eve, null).code()).isEqualTo(403);
    String binding =
        """
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "eve"},
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "argosy:auditor"},
         "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "eve"}]}
        """;
    ok(
        201,
        rig.call("POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", ann, binding));
    AccessRig.await(() -> rig.call("GET", "/clusters/acme" + RECORDINGS, eve, null).code() == 200);
    assertThat(rig.call("GET", cast, eve, null).code()).isEqualTo(200);
    assertThat(
            rig.call("GET", "/clusters/acme/apis/audit.argosy.dev/v1/auditrecords", eve, null)
                .code())
        .isEqualTo(200);
    assertThat(rig.call("GET", "/clusters/acme/api/v1/pods", eve, null).code()).isEqualTo(403);
  }

  @Test
  void aTenantSeesNothingOfAnother() throws Exception {
    assertThat(rig.call("GET", RECORDINGS + "/r-3", ann, null).code()).isEqualTo(404);
    assertThat(rig.call("GET", "/audit/recordings/r-3", ann, null).code()).isEqualTo(404);
    assertThat(rig.call("GET", "/clusters/globex/audit/recordings/r-3", ann, null).code())
        .isEqualTo(403);
    assertThat(rig.call("GET", "/audit/recordings/r-1", null, null).code()).isIn(401, 403);
  }

  @Test
  void badQuestionsAreAnsweredWithWhatIsWrong() throws Exception {
    for (String bad :
        List.of("?fieldSelector=colour%3Dred", "?labelSelector=a%3Db", "?continue=x")) {
      assertThat(rig.call("GET", RECORDINGS + bad, ann, null).code()).as(bad).isEqualTo(400);
    }
    assertThat(rig.call("GET", "/audit/recordings/", ann, null).code()).isEqualTo(404);
    assertThat(rig.call("POST", "/audit/recordings/r-1", ann, "{}").code()).isEqualTo(405);
    JsonNode page = ok(200, rig.call("GET", RECORDINGS + "?limit=1", ann, null));
    String token = page.path("metadata").path("continue").asString("");
    assertThat(names(page)).containsExactly("r-2");
    assertThat(
            names(ok(200, rig.call("GET", RECORDINGS + "?limit=1&continue=" + token, ann, null))))
        .containsExactly("r-1");
    String wrong = "{\"spec\":{\"execRecording\":\"Sometimes\"}}";
    assertThat(
            rig.call("PATCH", "/apis/tenancy.argosy.dev/v1/tenants/acme", rig.admin(), wrong)
                .code())
        .isEqualTo(422);
  }

  @Test
  void theyAreKeptAsLongAsTheTrail() throws Exception {
    record("acme", "old", NOW.minus(Duration.ofDays(91)), "old");
    log.forget(cluster -> NOW.minus(Duration.ofDays(90)));
    assertThat(rig.call("GET", RECORDINGS + "/old", ann, null).code()).isEqualTo(404);
    assertThat(rig.call("GET", RECORDINGS + "/r-1", ann, null).code()).isEqualTo(200);
  }
}
