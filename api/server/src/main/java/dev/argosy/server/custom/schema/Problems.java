package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import dev.argosy.model.status.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Collects what is wrong, in Kubernetes' words. Belongs to one call. */
public final class Problems {

  private static final int MAX_VALUE = 10_000;
  private static final int MAX_PROBLEMS = 1_000;

  private final List<Cause> causes = new ArrayList<>();

  public List<Cause> causes() {
    return List.copyOf(causes);
  }

  public boolean none() {
    return causes.isEmpty();
  }

  int count() {
    return causes.size();
  }

  public void addAll(Collection<Cause> more) {
    more.forEach(this::add);
  }

  public void required(Path path, String detail) {
    add(
        "FieldValueRequired",
        detail.isEmpty() ? "Required value" : "Required value: " + detail,
        path);
  }

  public void invalid(Path path, @Nullable JsonNode value, String detail) {
    add("FieldValueInvalid", "Invalid value: " + printed(value) + ": " + detail, path);
  }

  public void invalid(Path path, String value, String detail) {
    invalid(path, JsonNodeFactory.instance.stringNode(value), detail);
  }

  void invalid(Path path, int value, String detail) {
    invalid(path, JsonNodeFactory.instance.numberNode(value), detail);
  }

  /** One problem if there are details, which are then joined. */
  public void invalidIf(Path path, String value, List<String> details) {
    if (!details.isEmpty()) {
      invalid(path, value, String.join(",", details));
    }
  }

  /** A value of the wrong type. */
  void wrongType(Path path, String value, String detail) {
    JsonNode text = JsonNodeFactory.instance.stringNode(value);
    add("FieldValueTypeInvalid", "Invalid value: " + printed(text) + ": " + detail, path);
  }

  public void notSupported(Path path, JsonNode value, List<String> supported) {
    String list = String.join(", ", supported.stream().map(s -> '"' + s + '"').toList());
    add(
        "FieldValueNotSupported",
        "Unsupported value: " + printed(value) + ": supported values: " + list,
        path);
  }

  public void notSupported(Path path, String value, List<String> supported) {
    notSupported(path, JsonNodeFactory.instance.stringNode(value), supported);
  }

  public void forbidden(Path path, String detail) {
    add("FieldValueForbidden", "Forbidden: " + detail, path);
  }

  public void duplicate(Path path, JsonNode value) {
    add("FieldValueDuplicate", "Duplicate value: " + printed(value), path);
  }

  void tooLong(Path path, long most) {
    add("FieldValueTooLong", "Too long: may not be more than " + most + " bytes", path);
  }

  public void tooMany(Path path, long actual, long most) {
    add(
        "FieldValueTooMany",
        "Too many: " + actual + ": must have at most " + most + " items",
        path);
  }

  /** A rule about the whole that names no field, as {@code anyOf} is told. */
  void general(String detail) {
    add(new Cause("FieldValueInvalid", "Invalid value: \"\": " + detail, "<nil>"));
  }

  private void add(String reason, String message, Path path) {
    String field = path.toString();
    add(new Cause(reason, message, field.isEmpty() ? "<nil>" : field));
  }

  public void add(Cause cause) {
    if (causes.size() < MAX_PROBLEMS) {
      causes.add(cause);
    }
  }

  private static String printed(@Nullable JsonNode value) {
    if (value == null || value.isMissingNode() || value.isNull()) {
      return "null";
    }
    String text = value.toString();
    return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "...";
  }
}
