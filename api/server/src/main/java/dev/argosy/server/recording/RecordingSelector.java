package dev.argosy.server.recording;

import dev.argosy.model.selector.FieldSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Status;
import dev.argosy.server.request.SearchSelector;
import dev.argosy.tenancy.recording.RecordingField;
import dev.argosy.tenancy.recording.RecordingSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the field selector of a search. */
final class RecordingSelector {

  /** For messages. */
  static final String FIELD_NAMES =
      Stream.of(RecordingField.values())
          .map(RecordingField::text)
          .collect(Collectors.joining(", "));

  private RecordingSelector() {}

  /**
   * The conditions of a selector.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest
   */
  static List<RecordingSearch.Condition> parse(String text) {
    List<RecordingSearch.Condition> conditions = new ArrayList<>();
    try {
      FieldSelector.parse(text).terms().forEach(term -> conditions.add(condition(term)));
    } catch (SelectorSyntaxException e) {
      throw Status.badRequest(String.valueOf(e.getMessage())).asException();
    }
    return conditions;
  }

  private static RecordingSearch.Condition condition(FieldSelector.Term term) {
    RecordingField field =
        SearchSelector.field(
            term, RecordingField.of(term.field()), "recordings are selected by " + FIELD_NAMES);
    return new RecordingSearch.Condition(field, term.equal(), term.value());
  }
}
