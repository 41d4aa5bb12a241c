package dev.argosy.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditQuestionTest {

  @Test
  void asksForEverythingWhereNothingIsSaid() {
    AuditQuestion all =
        new AuditQuestion(Map.of("user", " ", "verb", ""), Optional.empty(), Optional.empty());
    assertThat(all.selector()).isEmpty();
  }

  @Test
  void asksByFieldsAndTimes() {
    AuditQuestion question =
        new AuditQuestion(
            Map.of("verb", "delete", "user", " ann "),
            Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
            Optional.of(Instant.parse("2026-01-31T12:30:00Z")));
    assertThat(question.selector())
        .isEqualTo("user=ann,verb=delete,since=2026-01-01T00:00:00Z,until=2026-01-31T12:30:00Z");
  }

  @Test
  void takesWhatSeparatesSelectorsForPartOfTheValue() {
    AuditQuestion question =
        new AuditQuestion(Map.of("user", "a,verb=x\\y"), Optional.empty(), Optional.empty());
    assertThat(question.selector()).isEqualTo("user=a\\,verb\\=x\\\\y");
  }
}
