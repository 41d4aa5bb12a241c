package dev.argosy.console.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventRowTest {

  private static EventRow row(String fields) {
    String json =
        """
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"e",\
        "creationTimestamp":"2026-01-01T00:00:00Z"},
         "involvedObject":{"kind":"Pod","name":"web"}%s}\
        """
            .formatted(fields);
    ObjectKey key = new ObjectKey(Resources.EVENTS, "acme", "default", "e");
    return EventRow.of(ApiObject.ofWire(key, 7, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void tellsWhatHappenedToWhatAndHowOften() {
    EventRow row =
        row(
            ",\"type\":\"Warning\",\"reason\":\"BackOff\",\"message\":\"m\",\"count\":3,"
                + "\"lastTimestamp\":\"2026-01-02T00:00:00Z\"");
    assertThat(row.warning()).isTrue();
    assertThat(row.object()).isEqualTo("Pod web");
    assertThat(row.count()).isEqualTo(3);
    assertThat(row.last()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
  }

  @Test
  void takesTheEventTimeOfNewStyleEvents() {
    EventRow row = row(",\"eventTime\":\"2026-01-03T00:00:00.123456Z\",\"lastTimestamp\":null");
    assertThat(row.last()).isEqualTo(Instant.parse("2026-01-03T00:00:00.123456Z"));
  }

  @Test
  void fallsBackToItsCreation() {
    assertThat(row("").last()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(row("").count()).isEqualTo(1);
  }
}
