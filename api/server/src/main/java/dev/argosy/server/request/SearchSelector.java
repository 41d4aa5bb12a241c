package dev.argosy.server.request;

import dev.argosy.model.selector.FieldSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Status;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The field selector of a search in what is past.
 *
 * @param conditions on fields that only such searches know
 * @param since the term {@code since=TIME}
 * @param until the term {@code until=TIME}
 * @param <C> one condition
 */
public record SearchSelector<C>(
    List<C> conditions, Optional<Instant> since, Optional<Instant> until) {

  private static final String SINCE = "since";
  private static final String UNTIL = "until";
  private static final long LAST_SECOND = 253_402_300_799L;

  public SearchSelector {
    conditions = List.copyOf(conditions);
  }

  /**
   * Reads a selector.
   *
   * @param condition makes one of a term; may throw StatusException
   * @throws dev.argosy.model.status.StatusException BadRequest
   */
  public static <C> SearchSelector<C> parse(
      String text, Function<FieldSelector.Term, C> condition) {
    List<C> conditions = new ArrayList<>();
    Optional<Instant> since = Optional.empty();
    Optional<Instant> until = Optional.empty();
    for (FieldSelector.Term term : terms(text)) {
      switch (term.field()) {
        case SINCE -> since = Optional.of(time(term));
        case UNTIL -> until = Optional.of(time(term));
        default -> conditions.add(condition.apply(term));
      }
    }
    return new SearchSelector<>(conditions, since, until);
  }

  private static List<FieldSelector.Term> terms(String text) {
    try {
      return FieldSelector.parse(text).terms();
    } catch (SelectorSyntaxException e) {
      throw Status.badRequest(String.valueOf(e.getMessage())).asException();
    }
  }

  /** All fields of a search by their names, for messages. */
  public static String names(Stream<String> fields) {
    return Stream.concat(fields, Stream.of(SINCE, UNTIL)).collect(Collectors.joining(", "));
  }

  /**
   * The field of a term whose value can be one.
   *
   * @param found empty if there is no such field
   * @param otherwise what is selected by what, for whoever asks for another field
   * @throws dev.argosy.model.status.StatusException BadRequest
   */
  public static <F> F field(FieldSelector.Term term, Optional<F> found, String otherwise) {
    F field =
        found.orElseThrow(() ->
            Status.badRequest("field label not supported: " + term.field() + "; " + otherwise)
                .asException());
    if (term.value().indexOf('\0') >= 0) {
      throw Status.badRequest(term.field() + " cannot contain a NUL").asException();
    }
    return field;
  }

  private static Instant time(FieldSelector.Term term) {
    if (!term.equal()) {
      throw Status.badRequest(term.field() + " takes = only").asException();
    }
    try {
      Instant time = OffsetDateTime.parse(term.value()).toInstant();
      if (time.isBefore(Instant.EPOCH) || time.getEpochSecond() > LAST_SECOND) {
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
