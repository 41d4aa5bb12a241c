package dev.argosy.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.object.Json;
import dev.argosy.server.access.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

  @TempDir Path folder;

  private static AuditEvent event(String id) {
    UserInfo user = new UserInfo("ann", "", List.of(), Map.of());
    Attributes what =
        new Attributes(user, "acme", "create", "", "v1", "pods", "", "default", "p", "");
    return new AuditEvent(
        AuditLevel.METADATA,
        AuditStage.RESPONSE_COMPLETE,
        Instant.EPOCH,
        new AuditRequest(id, Instant.EPOCH, "/x", what, List.of("10.0.0.1"), "test"),
        null,
        new AuditEvent.Outcome(201, null),
        new AuditEvent.Bodies(SentNames.NONE, null, null, true),
        Map.of());
  }

  @Test
  void linesForTheOwnerAlone() throws IOException {
    Path file = folder.resolve("below/audit.log");
    AuditFile log = new AuditFile(file, 1_000_000, 3, Metrics.none());
    log.start();
    log.accept(event("one"));
    log.accept(event("two"));
    log.close();

    assertThat(Files.readAllLines(file))
        .extracting(line -> Json.mapper().readTree(line).path("auditID").asString())
        .containsExactly("one", "two");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void fullFilesMakeRoom() throws IOException {
    Path file = folder.resolve("audit.log");
    for (String id : List.of("a", "b", "c", "d")) {
      AuditFile log = new AuditFile(file, 10, 2, Metrics.none());
      log.start();
      log.accept(event(id));
      log.close();
    }
    assertThat(Files.readString(file)).contains("\"auditID\":\"d\"");
    assertThat(Files.readString(folder.resolve("audit.log.1"))).contains("\"auditID\":\"c\"");
    assertThat(Files.readString(folder.resolve("audit.log.2"))).contains("\"auditID\":\"b\"");
    assertThat(Files.exists(folder.resolve("audit.log.3"))).isFalse();
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedAtTheStart() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    AuditFile log = new AuditFile(file.resolve("audit.log"), 10, 2, Metrics.none());
    assertThatThrownBy(log::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("argosy.audit.log");
  }
}
