package dev.argosy.tenancy.recording;

import java.util.Optional;
import java.util.stream.Stream;

/** What recordings are selected by. */
public enum RecordingField {
  USER("user", "user_name"),
  IMPERSONATED("impersonatedUser", "impersonated_user"),
  NAMESPACE("namespace", "namespace"),
  POD("pod", "pod"),
  CONTAINER("container", "container"),
  STATE("state", "state"),
  AUDIT_ID("auditID", "audit_id");

  private final String text;
  private final String column;

  RecordingField(String text, String column) {
    this.text = text;
    this.column = column;
  }

  public String text() {
    return text;
  }

  String column() {
    return column;
  }

  public static Optional<RecordingField> of(String text) {
    return Stream.of(values()).filter(field -> field.text.equals(text)).findFirst();
  }
}
