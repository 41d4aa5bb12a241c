package dev.argosy.server.history;

import dev.argosy.model.selector.FieldSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Status;
import dev.argosy.tenancy.history.RevisionField;
import dev.argosy.tenancy.history.RevisionQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the field selector of a search. */
final class RevisionSelector {

  private static final String SINCE = "since";
  private static final String UNTIL = "until";

  /** For messages. */
  static final String FIELD_NAMES =
      Stream.concat(
              Stream.of(RevisionField.values()).map(RevisionField::text), Stream.of(SINCE, UNTIL))
          .collect(Collectors.joining(", "));

  private final List<RevisionQuery.Condition> conditions = new ArrayList<>();
  private Optional<Instant> since = Optional.empty();
  private Optional<Instant> until = Optional.empty();

  private RevisionSelector() {}

  /**
   * The search that a selector asks for, of all revisions of a cluster.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest
   */
  static RevisionQuery parse(String text, RevisionQuery all) {
    RevisionSelector selector = new RevisionSelector();
    try {
      FieldSelector.parse(text).terms().forEach(selector::take);
    } catch (SelectorSyntaxException e) {
      throw Status.badRequest(String.valueOf(e.getMessage())).asException();
    }
    return new RevisionQuery(
        all.cluster(), all.oldest(), selector.conditions, selector.since, selector.until);
  }

  private void take(FieldSelector.Term term) {
    switch (term.field()) {
      case SINCE -> since = Optional.of(time(term));
      case UNTIL -> until = Optional.of(time(term));
      default -> conditions.add(condition(term));
    }
  }

  private static RevisionQuery.Condition condition(FieldSelector.Term term) {
    RevisionField field =
        RevisionField.of(term.field())
            .orElseThrow(() ->
                Status.badRequest(
                        "field label not supported: "
                            + term.field()
                            + "; object revisions are selected by "
                            + FIELD_NAMES)
                    .asException());
    if (term.value().indexOf('\0') >= 0) {
      throw Status.badRequest(field.text() + " cannot contain a NUL").asException();
    }
    return new RevisionQuery.Condition(field, term.equal(), term.value());
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
