package dev.argosy.model.status;

/**
 * One entry of {@code Status.details.causes}.
 *
 * @param reason machine-readable, for example {@code FieldValueInvalid}
 * @param message for people, without the field
 * @param field path of the field, for example {@code spec.containers[0].image}; empty if none
 */
public record Cause(String reason, String message, String field) {

  /** As it stands in a sentence: the field, a colon, the message. */
  public String text() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
