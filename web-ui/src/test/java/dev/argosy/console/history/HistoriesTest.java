package dev.argosy.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HistoriesTest {

  private static RevisionRow row(String fields) {
    String json =
        "{\"kind\":\"ObjectRevision\",\"metadata\":{\"name\":\"7-a\"},\"revision\":\"7\"%s}"
            .formatted(fields);
    ObjectKey key = new ObjectKey(Histories.REVISIONS, "acme", "", "7-a");
    return RevisionRow.of(ApiObject.ofWire(key, 7, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void objectsAreSelectedByAllThatNamesThem() {
    ObjectKey web = new ObjectKey(Resources.DEPLOYMENTS, "acme", "prod", "web");
    assertThat(Histories.selector(web))
        .isEqualTo("resource=deployments,group=apps,namespace=prod,name=web");
    assertThat(Histories.selector(new ObjectKey(Resources.NAMESPACES, "acme", "", "prod")))
        .isEqualTo("resource=namespaces,name=prod");
    assertThat(HistoryView.path(new ObjectKey(Resources.NAMESPACES, "acme", "", "prod")))
        .isEqualTo("t/acme/history/-/namespaces/-/prod");
  }

  @Test
  void thePresentIsWhatNothingCameAfter() {
    assertThat(row(",\"change\":\"Updated\"").present()).isTrue();
    assertThat(row(",\"change\":\"Deleted\"").present()).isFalse();
    assertThat(row(",\"change\":\"Gap\"").state()).isFalse();
    assertThat(row(",\"change\":\"Updated\",\"supersededAt\":\"2026-01-01T00:00:00Z\"").present())
        .isFalse();
  }

  @Test
  void differencesTellPlacesAsPeopleWriteThem() {
    String diff =
        """
        {"status":{"changes":[{"path":"/metadata/annotations/a.b~1c","was":"\\"x\\"","op":"remove",
          "user":"ann","manager":"kubectl"}]}}\
        """;
    assertThat(FieldRow.of(Json.parse(diff.getBytes(StandardCharsets.UTF_8))))
        .containsExactly(
            new FieldRow("metadata › annotations › a.b/c", "\"x\"", "", "ann (kubectl)", null));
  }
}
