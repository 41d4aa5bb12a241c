package dev.argosy.server.request;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * How a write wants to be done.
 *
 * @param fieldManager who writes; empty if not said
 */
public record WriteQuery(
    boolean dryRun, FieldValidation fieldValidation, String fieldManager, boolean force) {

  public static final WriteQuery DEFAULT = new WriteQuery(false, FieldValidation.WARN, "", false);

  /** What happens to fields that a kind does not have. */
  public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  /**
   * Reads the query of a write.
   *
   * @param options the kind that names these options in an error, such as {@code CreateOptions}
   */
  public static WriteQuery parse(QueryParams query, String options) {
    List<Cause> causes = new ArrayList<>();
    for (String value : query.all("dryRun")) {
      if (!value.equals("All") && !value.isEmpty()) {
        causes.add(notSupported("dryRun", value, "\"All\""));
      }
    }
    String validation = query.text("fieldValidation");
    if (!List.of("", "Ignore", "Warn", "Strict").contains(validation)) {
      causes.add(
          notSupported("fieldValidation", validation, "\"\", \"Ignore\", \"Strict\", \"Warn\""));
    }
    String manager = query.text("fieldManager");
    if (manager.length() > 128) {
      causes.add(
          new Cause(
              "FieldValueTooLong", "Too long: may not be more than 128 bytes", "fieldManager"));
    }
    if (!causes.isEmpty()) {
      throw Status.invalid("meta.k8s.io", options, "", causes).asException();
    }
    boolean dry = query.all("dryRun").contains("All");
    return new WriteQuery(dry, validation(validation), manager, query.flag("force"));
  }

  /** The same without keeping anything. */
  public WriteQuery asDryRun() {
    return new WriteQuery(true, fieldValidation, fieldManager, force);
  }

  private static FieldValidation validation(String text) {
    return switch (text) {
      case "Ignore" -> FieldValidation.IGNORE;
      case "Strict" -> FieldValidation.STRICT;
      default -> FieldValidation.WARN;
    };
  }

  private static Cause notSupported(String field, String value, String supported) {
    return new Cause(
        "FieldValueNotSupported",
        "Unsupported value: \"" + value + "\": supported values: " + supported,
        field);
  }
}
