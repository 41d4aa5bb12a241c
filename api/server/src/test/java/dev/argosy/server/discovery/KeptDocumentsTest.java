package dev.argosy.server.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindTable;
import dev.argosy.model.schema.LayeredKindTable;
import dev.argosy.server.discovery.KeptDocuments.Document;
import dev.argosy.server.discovery.KeptDocuments.Form;
import dev.argosy.server.discovery.KeptDocuments.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptDocumentsTest {

  private static final KindTable TABLE = BuiltinKinds.load().ofCluster("acme");
  private final KeptDocuments kept = new KeptDocuments();
  private int made;

  private Document of(Source source, String path) {
    return kept.of(
            source,
            new Form(path, "v2"),
            () -> {
              made++;
              return Optional.of(new byte[] {(byte) made});
            })
        .orElseThrow();
  }

  private static Source remote(String freshness) {
    return new Source(
        TABLE,
        List.of(new RemoteVersion("g", "v1", 100, Json.object().put("freshness", freshness))));
  }

  @Test
  void aDocumentIsMadeOnceUntilKindsOrOthersChange() {
    Source own = new Source(TABLE, List.of());
    Document first = of(own, "/apis");
    assertThat(of(new Source(TABLE, List.of()), "/apis")).isSameAs(first);
    of(own, "/api");
    of(new Source(new LayeredKindTable(TABLE, List.of()), List.of()), "/apis");
    of(remote("Current"), "/apis");
    of(remote("Current"), "/apis");
    of(remote("Stale"), "/apis");
    assertThat(made).isEqualTo(5);
    assertThat(of(own, "/apis").tag()).isEqualTo(first.tag());
  }

  @Test
  void onlySoManyAreKept() {
    for (int i = 0; i < 33; i++) {
      of(new Source(new LayeredKindTable(TABLE, List.of()), List.of()), "/apis");
    }
    Source own = new Source(TABLE, List.of());
    of(own, "/apis");
    for (int i = 0; i < 32; i++) {
      of(new Source(new LayeredKindTable(TABLE, List.of()), List.of()), "/apis");
    }
    int before = made;
    of(own, "/apis");
    assertThat(made).isEqualTo(before + 1);
  }

  @Test
  void whatIsNotThereIsNotKept() {
    Source own = new Source(TABLE, List.of());
    assertThat(kept.of(own, new Form("/apis/none", "json"), Optional::empty)).isEmpty();
    assertThat(of(own, "/apis/none").bytes()).hasSize(1);
  }
}
