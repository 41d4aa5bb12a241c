package dev.argosy.tenancy.history;

import java.util.Optional;
import java.util.stream.Stream;

/** What revisions are selected by. */
public enum RevisionField {
  GROUP("group", "api_group"),
  RESOURCE("resource", "resource"),
  NAMESPACE("namespace", "namespace"),
  NAME("name", "name"),
  UID("uid", "uid"),
  CHANGE("change", "change");

  private final String text;
  private final String column;

  RevisionField(String text, String column) {
    this.text = text;
    this.column = column;
  }

  public String text() {
    return text;
  }

  String column() {
    return column;
  }

  public static Optional<RevisionField> of(String text) {
    return Stream.of(values()).filter(field -> field.text.equals(text)).findFirst();
  }
}
