package dev.argosy.tenancy.audit;

import java.util.Optional;

/** What entries can be searched by. The order is that of {@code audit_terms} in the database. */
public enum AuditField {
  CLUSTER("cluster", "cluster"),
  USER("user", "user_name"),
  IMPERSONATED_USER("impersonatedUser", "impersonated_user"),
  SOURCE("source", "source"),
  VERB("verb", "verb"),
  GROUP("apiGroup", "api_group"),
  RESOURCE("resource", "resource"),
  SUBRESOURCE("subresource", "subresource"),
  NAMESPACE("namespace", "namespace"),
  NAME("name", "name"),
  DECISION("decision", "decision"),
  CODE("code", "code"),
  AUDIT_ID("auditID", "audit_id");

  private final String text;
  private final String column;

  AuditField(String text, String column) {
    this.text = text;
    this.column = column;
  }

  /** Its name for clients. */
  public String text() {
    return text;
  }

  String column() {
    return column;
  }

  /** The field of that name. */
  public static Optional<AuditField> of(String text) {
    for (AuditField field : values()) {
      if (field.text.equals(text)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
