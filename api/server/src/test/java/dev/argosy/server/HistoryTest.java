package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who changed what in the past, through the API, with a real etcd and a real PostgreSQL. */
class HistoryTest extends HistoryScene {

  HistoryTest(HistoryScene.Servers servers) {
    super(servers);
  }

  @Test
  void tellsWhoChangedWhichField() throws Exception {
    make(ann, "who", "{\"a\":\"1\",\"b\":\"1\"}");
    patch(ann, "configmaps/who?fieldManager=tool-a", "{\"data\":{\"a\":\"2\"}}");
    ok(
        200,
        rig.call(
            "PATCH",
            "/clusters/acme" + NS + "configmaps/who?fieldManager=tool-b",
            rig.admin(),
            "{\"data\":{\"b\":\"2\",\"c\":\"3\"}}"));
    List<JsonNode> all = await(ann, of("who"), 3);
    assertThat(texts(all, "change")).containsExactly("Updated", "Updated", "Created");
    assertThat(texts(all, "user")).containsExactly("boss", "ann", "ann");
    assertThat(texts(all, "verb")).containsExactly("patch", "patch", "create");
    assertThat(all.getFirst().path("auditID").asString("")).isNotEmpty();
    assertThat(all.getFirst().has("content")).isFalse();
    JsonNode first =
        ok(200, rig.call("GET", GROUP + "objectrevisions/" + name(all.getLast()), ann, null));
    assertThat(first.path("content").path("data").toString())
        .isEqualTo("{\"a\":\"1\",\"b\":\"1\"}");
    assertThat(first.path("content").path("metadata").path("resourceVersion"))
        .isEqualTo(first.path("revision"));
    JsonNode status =
        ok(201, post(vic, "revisiondiffs", "{\"from\":\"" + name(all.getLast()) + "\"}"))
            .path("status");
    assertThat(status.path("traced").asBoolean(false)).isTrue();
    List<String> told = new ArrayList<>();
    for (JsonNode change : status.path("changes")) {
      told.add(
          change.path("op").asString("")
              + change.path("path").asString("")
              + change.path("is").asString("")
              + " "
              + change.path("user").asString("")
              + " "
              + change.path("manager").asString(""));
    }
    assertThat(told)
        .containsExactlyInAnyOrder(
            "replace/data/a\"2\" ann tool-a",
            "replace/data/b\"2\" boss tool-b",
            "add/data/c\"3\" boss tool-b");
    JsonNode patch = Json.mapper().readTree(status.path("patch").asString(""));
    JsonNode patched =
        dev.argosy.model.patch.JsonPatch.apply(first.path("content"), patch).path("data");
    assertThat(patched.toString()).isEqualTo("{\"a\":\"2\",\"b\":\"2\",\"c\":\"3\"}");
  }

  @Test
  void impersonationIsTold() throws Exception {
    ok(
        201,
        rig.call(
            "POST",
            NS + "configmaps",
            ann,
            "{\"metadata\":{\"name\":\"masked\"}}",
            "Impersonate-User",
            "somebody",
            "Impersonate-Group",
            "system:masters"));
    JsonNode made = await(ann, of("masked"), 1).getFirst();
    assertThat(made.path("user").asString("")).isEqualTo("ann");
    assertThat(made.path("impersonatedUser").asString("")).isEqualTo("somebody");
  }

  @Test
  void statusAndWhatIsLeftOutMakeNoRevision() throws Exception {
    String pod =
        "{\"metadata\":{\"name\":\"busy\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
    ok(201, rig.call("POST", NS + "pods", ann, pod));
    for (String phase : List.of("Running", "Failed")) {
      ok(
          200,
          rig.call(
              "PATCH", NS + "pods/busy/status", ann, "{\"status\":{\"phase\":\"" + phase + "\"}}"));
    }
    ok(201, rig.call("POST", NS + "endpoints", ann, "{\"metadata\":{\"name\":\"busy\"}}"));
    patch(ann, "pods/busy", "{\"metadata\":{\"labels\":{\"l\":\"x\"}}}");
    List<JsonNode> all = await(ann, "resource=pods,name=busy", 2);
    assertThat(texts(all, "change")).containsExactly("Updated", "Created");
    assertThat(list(ann, "resource=endpoints")).isEmpty();
  }

  @Test
  void pagesGoOnWhereTheyEnded() throws Exception {
    make(ann, "pages", "{\"a\":\"0\"}");
    for (int i = 1; i < 5; i++) {
      patch(ann, "configmaps/pages", "{\"data\":{\"a\":\"" + i + "\"}}");
    }
    List<String> whole = await(ann, of("pages"), 5).stream().map(HistoryScene::name).toList();
    List<String> paged = new ArrayList<>();
    String more = "&limit=2";
    do {
      JsonNode page = ok(200, ask(ann, of("pages"), more));
      page.path("items").forEach(item -> paged.add(name(item)));
      paged.removeIf(name -> name.startsWith("gap-"));
      String token = page.path("metadata").path("continue").asString("");
      more = token.isEmpty() ? "" : "&limit=2&continue=" + token;
    } while (!more.isEmpty());
    assertThat(paged).isEqualTo(whole);
  }

  @Test
  void badQuestionsAreAnsweredWithWhatIsWrong() throws Exception {
    make(ann, "one", "{\"a\":\"1\"}");
    make(ann, "two", "{\"a\":\"1\"}");
    String one = name(await(ann, of("one"), 1).getFirst());
    String two = name(await(ann, of("two"), 1).getFirst());
    assertThat(ask(ann, "colour=red", "").code()).isEqualTo(400);
    assertThat(ask(ann, "since=yesterday", "").code()).isEqualTo(400);
    assertThat(ask(ann, "", "&labelSelector=a%3Db").code()).isEqualTo(400);
    assertThat(ask(ann, "", "&continue=nonsense").code()).isEqualTo(400);
    assertThat(post(ann, "revisiondiffs", "{}").code()).isEqualTo(422);
    assertThat(post(ann, "objectrestores", "{}").code()).isEqualTo(422);
    String both = "{\"from\":\"" + one + "\",\"to\":\"" + two + "\"}";
    AccessRig.Answer different = post(ann, "revisiondiffs", both);
    assertThat(different.code()).isEqualTo(422);
    assertThat(different.body()).contains("must be a revision of the same object as spec.from");
    for (String name : List.of("1-0123456789", "x", "0-0", one + "0", "gap-1")) {
      assertThat(rig.call("GET", GROUP + "objectrevisions/" + name, ann, null).code())
          .isEqualTo(404);
      assertThat(post(ann, "objectrestores", "{\"revision\":\"" + name + "\"}").code())
          .isEqualTo(404);
    }
    assertThat(rig.call("GET", "/clusters/*" + GROUP + "objectrevisions", rig.admin(), null).code())
        .isEqualTo(400);
  }
}
