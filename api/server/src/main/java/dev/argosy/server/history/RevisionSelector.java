package dev.argosy.server.history;

import dev.argosy.model.selector.FieldSelector;
import dev.argosy.server.request.SearchSelector;
import dev.argosy.tenancy.history.RevisionField;
import dev.argosy.tenancy.history.RevisionQuery;
import java.util.stream.Stream;

/** Reads the field selector of a search. */
final class RevisionSelector {

  /** For messages. */
  static final String FIELD_NAMES =
      SearchSelector.names(Stream.of(RevisionField.values()).map(RevisionField::text));

  private RevisionSelector() {}

  /**
   * The search that a selector asks for, of all revisions of a cluster.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest
   */
  static RevisionQuery parse(String text, RevisionQuery all) {
    SearchSelector<RevisionQuery.Condition> asked =
        SearchSelector.parse(text, RevisionSelector::condition);
    return new RevisionQuery(
        all.cluster(), all.oldest(), asked.conditions(), asked.since(), asked.until());
  }

  private static RevisionQuery.Condition condition(FieldSelector.Term term) {
    RevisionField field =
        SearchSelector.field(
            term,
            RevisionField.of(term.field()),
            "object revisions are selected by " + FIELD_NAMES);
    return new RevisionQuery.Condition(field, term.equal(), term.value());
  }
}
