package dev.argosy.model.schema.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RowTest {

  private static final String T = "\"2026-01-01T00:00:00Z\"";
  private static final List<String> OBJECTS =
      List.of(
          "{'metadata':{'name':'a','creationTimestamp':T}}",
          "{'metadata':{'name':'a','creationTimestamp':T},'lastTimestamp':T,'firstTimestamp':T}",
          "{'metadata':{'name':'a'},'series':{'count':3,'lastObservedTime':T},'eventTime':T}",
          "{'metadata':{'creationTimestamp':T},'status':{'startTime':T,'lastScheduleTime':T,"
              + "'containerStatuses':[{'restartCount':3,'lastState':{'terminated':{'finishedAt':T}}}]},"
              + "'spec':{'containers':[{}],'renewTime':T}}");

  /** Whatever is kept of a row shows what the object itself shows, at any time. */
  @Test
  void isTheSameAtAnyTime() {
    for (KindSchema kind : BuiltinKinds.load().root().all()) {
      for (String text : OBJECTS) {
        String json = text.replace('\'', '"').replace("T}", T + "}").replace("T,", T + ",");
        ObjectNode object = Json.parse(json.getBytes(StandardCharsets.UTF_8));
        Row row = kind.row(object);
        for (String now : List.of("2026-01-01T00:01:30Z", "2026-03-01T00:00:00Z")) {
          Instant instant = Instant.parse(now);
          assertThat(row.at(instant)).as(kind + " " + json).isEqualTo(kind.cells(object, instant));
        }
      }
    }
  }
}
