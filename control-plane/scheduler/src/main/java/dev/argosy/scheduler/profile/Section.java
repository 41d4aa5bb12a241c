package dev.argosy.scheduler.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A part of a file, and where it stands, so that all that is wrong is said with its place. Of one
 * reading; one thread.
 */
public final class Section {

  private final JsonNode node;
  private final String at;
  private final List<String> problems;

  private Section(JsonNode node, String at, List<String> problems) {
    this.node = node;
    this.at = at;
    this.problems = problems;
  }

  /** All of a file. */
  public static Section whole(JsonNode tree) {
    return new Section(tree, "", new ArrayList<>());
  }

  /** That something about it is wrong. */
  public void wrong(String what) {
    problems.add(at.isEmpty() ? what : at + ": " + what);
  }

  /** That something about a field of it is wrong. */
  public void wrong(String field, String what) {
    field(field).wrong(what);
  }

  /**
   * @throws IllegalArgumentException with all that was wrong, one a line
   */
  public void throwIfWrong() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** A field that is mistyped would silently mean nothing. */
  public Section known(String... fields) {
    if (node.isObject()) {
      for (String field : node.propertyNames()) {
        if (!Set.of(fields).contains(field)) {
          wrong(field, "unknown field");
        }
      }
    } else if (!absent()) {
      wrong("must be an object");
    }
    return this;
  }

  public boolean has(String field) {
    return !field(field).absent();
  }

  private boolean absent() {
    return node.isMissingNode() || node.isNull();
  }

  public Section field(String name) {
    return new Section(node.path(name), at.isEmpty() ? name : at + "." + name, problems);
  }

  /** The entries of a list. */
  public List<Section> list(String name) {
    Section list = field(name);
    List<Section> entries = new ArrayList<>();
    if (list.node.isArray()) {
      for (JsonNode entry : list.node) {
        entries.add(new Section(entry, list.at + "[" + entries.size() + "]", problems));
      }
    } else if (!list.absent()) {
      list.wrong("must be a list");
    }
    return entries;
  }

  public String text(String name, String otherwise) {
    Section field = field(name);
    if (field.absent()) {
      return otherwise;
    }
    if (!field.node.isString()) {
      field.wrong("must be a string");
      return otherwise;
    }
    return field.node.asString("");
  }

  /** A text that is one of these, the first of which is meant if it is absent or empty. */
  public String oneOf(String name, String... values) {
    String text = text(name, values[0]);
    if (text.isEmpty()) {
      return values[0];
    }
    if (!List.of(values).contains(text)) {
      List<String> named = Stream.of(values).filter(value -> !value.isEmpty()).toList();
      wrong(name, "\"" + text + "\" is not one of " + String.join(", ", named));
      return values[0];
    }
    return text;
  }

  public int number(String name, int otherwise, int least, int most) {
    Section field = field(name);
    if (field.absent()) {
      return otherwise;
    }
    long number = field.node.canConvertToExactIntegral() ? field.node.asLong(-1) : Long.MIN_VALUE;
    if (number < least || number > most) {
      field.wrong("must be a whole number from " + least + " to " + most);
      return otherwise;
    }
    return (int) number;
  }

  public boolean flag(String name) {
    Section field = field(name);
    if (!field.absent() && !field.node.isBoolean()) {
      field.wrong("must be true or false");
    }
    return field.node.asBoolean(false);
  }

  JsonNode node() {
    return node;
  }
}
