package dev.argosy.model.selector;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a label selector, one requirement after the other. */
final class LabelSelectorParser {

  private static final String SPECIAL = "=!(),<>";

  private final String text;
  private int at;

  LabelSelectorParser(String text) {
    this.text = text;
  }

  List<Requirement> parse() {
    List<Requirement> all = new ArrayList<>();
    do {
      all.add(requirement());
      skipBlanks();
    } while (take(","));
    if (at < text.length()) {
      throw error("found '" + rest() + "', expected: ',' or 'end of string'");
    }
    return all;
  }

  private Requirement requirement() {
    skipBlanks();
    if (take("!")) {
      return new Requirement(key(), Operator.DOES_NOT_EXIST, List.of());
    }
    String key = key();
    skipBlanks();
    if (at == text.length() || text.charAt(at) == ',') {
      return new Requirement(key, Operator.EXISTS, List.of());
    }
    if (take("!=")) {
      return new Requirement(key, Operator.NOT_IN, List.of(value(key)));
    }
    if (take("==") || take("=")) {
      return new Requirement(key, Operator.IN, List.of(value(key)));
    }
    if (take(">")) {
      return new Requirement(key, Operator.GREATER_THAN, List.of(number(key)));
    }
    if (take("<")) {
      return new Requirement(key, Operator.LESS_THAN, List.of(number(key)));
    }
    return set(key);
  }

  private Requirement set(String key) {
    String word = word();
    Operator operator =
        switch (word) {
          case "in" -> Operator.IN;
          case "notin" -> Operator.NOT_IN;
          default ->
              throw error(
                  "found '"
                      + (word.isEmpty() ? rest() : word)
                      + "', expected: in, notin, =, ==, !=, gt, lt");
        };
    skipBlanks();
    if (!take("(")) {
      throw error("found '" + rest() + "', expected: '('");
    }
    List<String> values = new ArrayList<>();
    do {
      values.add(value(key));
      skipBlanks();
    } while (take(","));
    if (!take(")")) {
      throw error("found '" + rest() + "', expected: ',' or ')'");
    }
    return new Requirement(key, operator, values);
  }

  private String key() {
    skipBlanks();
    String key = word();
    if (key.isEmpty()) {
      throw error("found '" + rest() + "', expected: identifier");
    }
    List<String> wrong = LabelRules.qualifiedName(key);
    if (!wrong.isEmpty()) {
      throw new SelectorSyntaxException(
          "key: Invalid value: \"" + key + "\": " + String.join("; ", wrong));
    }
    return key;
  }

  private String value(String key) {
    skipBlanks();
    String value = word();
    List<String> wrong = LabelRules.labelValue(value);
    if (!wrong.isEmpty()) {
      throw new SelectorSyntaxException(
          "values[0][" + key + "]: Invalid value: \"" + value + "\": " + String.join("; ", wrong));
    }
    return value;
  }

  private String number(String key) {
    String value = value(key);
    try {
      return Long.toString(Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw new SelectorSyntaxException(
          "values[0]: Invalid value: \""
              + value
              + "\": for 'Gt', 'Lt' operators, the value must be an integer");
    }
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && SPECIAL.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(String token) {
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private String rest() {
    return at < text.length() ? text.substring(at, at + 1) : "";
  }

  private static SelectorSyntaxException error(String message) {
    return new SelectorSyntaxException(message);
  }
}
