package dev.argosy.model.quantity;

/** A text is no quantity; the message is the API's. */
public final class QuantityFormatException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  static final String FORM =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  static final String SUFFIX = "unable to parse quantity's suffix";
  static final String NUMERIC = "unable to parse numeric part of quantity";

  QuantityFormatException(String message) {
    super(message);
  }
}
