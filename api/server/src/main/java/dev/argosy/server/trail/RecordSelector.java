package dev.argosy.server.trail;

import dev.argosy.model.selector.FieldSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Status;
import dev.argosy.tenancy.audit.AuditField;
import dev.argosy.tenancy.audit.AuditQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the field selector of a search. */
final class RecordSelector {

  private static final String SINCE = "since";
  private static final String UNTIL = "until";

  /** For messages. */
  static final String FIELD_NAMES =
      Stream.concat(Stream.of(AuditField.values()).map(AuditField::text), Stream.of(SINCE, UNTIL))
          .collect(Collectors.joining(", "));

  private final List<AuditQuery.Condition> conditions = new ArrayList<>();
  private Optional<Instant> since = Optional.empty();
  private Optional<Instant> until = Optional.empty();

  private RecordSelector() {}

  /**
   * The search that a selector asks for.
   *
   * @param only the only cluster whose records may be seen; empty for all
   * @throws dev.argosy.model.status.StatusException BadRequest
   */
  static AuditQuery parse(String text, Optional<String> only) {
    RecordSelector selector = new RecordSelector();
    try {
      FieldSelector.parse(text).terms().forEach(selector::take);
    } catch (SelectorSyntaxException e) {
      throw Status.badRequest(String.valueOf(e.getMessage())).asException();
    }
    return new AuditQuery(only, selector.conditions, selector.since, selector.until);
  }

  private void take(FieldSelector.Term term) {
    switch (term.field()) {
      case SINCE -> since = Optional.of(time(term));
      case UNTIL -> until = Optional.of(time(term));
      default -> conditions.add(condition(term));
    }
  }

  private static AuditQuery.Condition condition(FieldSelector.Term term) {
    AuditField field =
        AuditField.of(term.field())
            .orElseThrow(() ->
                Status.badRequest(
                        "field label not supported: "
                            + term.field()
                            + "; audit records are selected by "
                            + FIELD_NAMES)
                    .asException());
    if (term.value().indexOf('\0') >= 0) {
      throw Status.badRequest(field.text() + " cannot contain a NUL").asException();
    }
    try {
      return new AuditQuery.Condition(field, term.equal(), term.value());
    } catch (NumberFormatException e) {
      throw Status.badRequest(
              field.text() + " must be a number such as 403, not \"" + term.value() + "\"")
          .asException();
    }
  }

  private static Instant time(FieldSelector.Term term) {
    if (!term.equal()) {
      throw Status.badRequest(term.field() + " takes = only").asException();
    }
    try {
      Instant time = OffsetDateTime.parse(term.value()).toInstant();
      if (time.isBefore(Instant.EPOCH) || time.getEpochSecond() > 253_402_300_799L) {
        throw new DateTimeException("out of range");
      }
      return time;
    } catch (DateTimeException e) {
      throw Status.badRequest(
              term.field()
                  + " must be a time such as 2026-01-31T08:00:00Z, not \""
                  + term.value()
                  + "\"")
          .asException();
    }
  }
}
