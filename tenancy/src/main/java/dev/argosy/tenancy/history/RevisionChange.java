package dev.argosy.tenancy.history;

import java.util.Locale;

/** What became of an object at a revision. */
public enum RevisionChange {
  CREATED,
  UPDATED,
  DELETED,
  /** It was there already when recording began. */
  FOUND;

  /** As people see it. */
  public String text() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  static RevisionChange of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
