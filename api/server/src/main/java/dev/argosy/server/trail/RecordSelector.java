package dev.argosy.server.trail;

import dev.argosy.model.selector.FieldSelector;
import dev.argosy.model.status.Status;
import dev.argosy.server.request.SearchSelector;
import dev.argosy.tenancy.audit.AuditField;
import dev.argosy.tenancy.audit.AuditQuery;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the field selector of a search. */
final class RecordSelector {

  /** For messages. */
  static final String FIELD_NAMES =
      SearchSelector.names(Stream.of(AuditField.values()).map(AuditField::text));

  private RecordSelector() {}

  /**
   * The search that a selector asks for.
   *
   * @param only the only cluster whose records may be seen; empty for all
   * @throws dev.argosy.model.status.StatusException BadRequest
   */
  static AuditQuery parse(String text, Optional<String> only) {
    SearchSelector<AuditQuery.Condition> asked =
        SearchSelector.parse(text, RecordSelector::condition);
    return new AuditQuery(only, asked.conditions(), asked.since(), asked.until());
  }

  private static AuditQuery.Condition condition(FieldSelector.Term term) {
    AuditField field =
        SearchSelector.field(
            term, AuditField.of(term.field()), "audit records are selected by " + FIELD_NAMES);
    try {
      return new AuditQuery.Condition(field, term.equal(), term.value());
    } catch (NumberFormatException e) {
      throw Status.badRequest(
              field.text() + " must be a number such as 403, not \"" + term.value() + "\"")
          .asException();
    }
  }
}
