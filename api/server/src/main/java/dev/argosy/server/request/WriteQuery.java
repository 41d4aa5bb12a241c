package dev.argosy.server.request;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How a write wants to be done.
 *
 * @param fieldManager who writes; empty if not said
 * @param force whether an apply takes fields over from their owners
 */
public record WriteQuery(
    boolean dryRun, FieldValidation fieldValidation, String fieldManager, boolean force) {

  public static final WriteQuery DEFAULT = new WriteQuery(false, FieldValidation.WARN, "", false);

  private static final String MANAGER = "fieldManager";

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
    return checked(query, options, new ArrayList<>());
  }

  /**
   * Reads the query of a patch.
   *
   * @param apply whether it is a server-side apply, which alone may force, and must say its manager
   */
  public static WriteQuery ofPatch(QueryParams query, boolean apply) {
    List<Cause> causes = new ArrayList<>();
    if (apply && query.text(MANAGER).isEmpty()) {
      causes.add(
          new Cause("FieldValueRequired", "Required value: is required for apply patch", MANAGER));
    }
    if (!apply && query.has("force")) {
      causes.add(
          new Cause(
              "FieldValueForbidden",
              "Forbidden: may not be specified for non-apply patch",
              "force"));
    }
    return checked(query, "PatchOptions", causes);
  }

  private static WriteQuery checked(QueryParams query, String options, List<Cause> causes) {
    checkManager(query.text(MANAGER), causes);
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
    if (!causes.isEmpty()) {
      throw Status.invalid("meta.k8s.io", options, "", causes).asException();
    }
    boolean dry = query.all("dryRun").contains("All");
    return new WriteQuery(dry, validation(validation), query.text(MANAGER), query.flag("force"));
  }

  private static void checkManager(String manager, List<Cause> causes) {
    if (ManagerNames.length(manager) > ManagerNames.MAX_BYTES) {
      causes.add(
          new Cause(
              "FieldValueTooLong",
              "Too long: may not be more than " + ManagerNames.MAX_BYTES + " bytes",
              MANAGER));
    }
    int at = 0;
    for (int c : manager.codePoints().toArray()) {
      if (!ManagerNames.printable(c)) {
        causes.add(
            new Cause(
                "FieldValueInvalid",
                "Invalid value: \"%s\": invalid character U+%04X (at position %d)"
                    .formatted(manager, c, at),
                MANAGER));
      }
      at += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
    }
  }

  /** The same without keeping anything. */
  public WriteQuery asDryRun() {
    return new WriteQuery(true, fieldValidation, fieldManager, force);
  }

  /** The same by a manager, if none was said. */
  public WriteQuery byDefault(String manager) {
    return fieldManager.isEmpty() ? new WriteQuery(dryRun, fieldValidation, manager, force) : this;
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
