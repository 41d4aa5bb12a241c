package dev.argosy.server.custom.path;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a path, character by character. Used once. */
final class PathParser {

  private static final int LONGEST = 4096;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String text;
  private int at;

  PathParser(String text) {
    this.text = text;
  }

  JsonPath parse() throws PathSyntaxException {
    if (text.length() > LONGEST) {
      throw new PathSyntaxException("the path is too long");
    }
    if (peek() == '$') {
      at++;
    }
    List<Step> steps = steps("");
    if (at < text.length()) {
      throw bad("unexpected");
    }
    return new JsonPath(text, steps);
  }

  /** Steps up to the end or to one of those characters. */
  private List<Step> steps(String end) throws PathSyntaxException {
    List<Step> steps = new ArrayList<>();
    while (at < text.length() && end.indexOf(peek()) < 0) {
      switch (peek()) {
        case '.' -> dot(steps);
        case '[' -> steps.add(bracket());
        default -> {
          if (!steps.isEmpty()) {
            throw bad("unexpected");
          }
          steps.add(new Step.Members(List.of(name())));
        }
      }
    }
    return steps;
  }

  private void dot(List<Step> steps) throws PathSyntaxException {
    at++;
    if (peek() == '.') {
      at++;
      steps.add(new Step.Deep());
      if (peek() == '[') {
        return;
      }
    }
    if (peek() == '*') {
      at++;
      steps.add(new Step.All());
    } else if (peek() == '[' || at == text.length() && steps.isEmpty()) {
      return; // ".[0]", and "." for the whole
    } else {
      steps.add(new Step.Members(List.of(name())));
    }
  }

  private String name() throws PathSyntaxException {
    StringBuilder name = new StringBuilder();
    while (at < text.length() && ".[]()=!<>&| \"'*,@?{}".indexOf(peek()) < 0) {
      if (peek() == '\\' && at + 1 < text.length()) {
        at++;
      }
      name.append(text.charAt(at++));
    }
    if (name.isEmpty()) {
      throw bad("a name is missing");
    }
    return name.toString();
  }

  private Step bracket() throws PathSyntaxException {
    at++;
    skipSpace();
    Step step =
        switch (peek()) {
          case '?' -> filter();
          case '*' -> {
            at++;
            yield new Step.All();
          }
          case '\'', '"' -> quotedNames();
          default -> numbers();
        };
    skipSpace();
    expect(']');
    return step;
  }

  private Step quotedNames() throws PathSyntaxException {
    List<String> names = new ArrayList<>();
    names.add(quoted());
    skipSpace();
    while (peek() == ',') {
      at++;
      skipSpace();
      names.add(quoted());
      skipSpace();
    }
    return new Step.Members(List.copyOf(names));
  }

  private String quoted() throws PathSyntaxException {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw bad("a quote is missing");
    }
    at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && peek() != quote) {
      if (peek() == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    expect(quote);
    return value.toString();
  }

  private Step numbers() throws PathSyntaxException {
    String[] parts = until(']').split(":", -1);
    return switch (parts.length) {
      case 1 -> new Step.At(number(parts[0], 0));
      case 2 -> new Step.Slice(number(parts[0], 0), number(parts[1], Integer.MAX_VALUE), 1);
      case 3 ->
          new Step.Slice(
              number(parts[0], 0),
              number(parts[1], Integer.MAX_VALUE),
              Math.max(1, number(parts[2], 1)));
      default -> throw bad("too many colons");
    };
  }

  private String until(char end) {
    int from = at;
    while (at < text.length() && peek() != end) {
      at++;
    }
    return text.substring(from, at);
  }

  private int number(String digits, int missing) throws PathSyntaxException {
    String number = digits.strip();
    if (number.isEmpty() && digits.length() == text.length()) {
      throw bad("a number is missing");
    }
    try {
      return number.isEmpty() ? missing : Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw bad("no array index: " + number);
    }
  }

  private Step filter() throws PathSyntaxException {
    at++;
    skipSpace();
    expect('(');
    Step.Operand left = operand();
    skipSpace();
    StringBuilder operator = new StringBuilder();
    while ("=!<>".indexOf(peek()) >= 0 && at < text.length()) {
      operator.append(text.charAt(at++));
    }
    if (operator.isEmpty()) {
      expect(')');
      return new Step.Filter(left, "", left);
    }
    if (!List.of("==", "!=", "<", "<=", ">", ">=").contains(operator.toString())) {
      throw bad("unknown operator " + operator);
    }
    Step.Operand right = operand();
    skipSpace();
    expect(')');
    return new Step.Filter(left, operator.toString(), right);
  }

  private Step.Operand operand() throws PathSyntaxException {
    skipSpace();
    if (peek() == '@') {
      at++;
      JsonPath path = new JsonPath("@", steps(" =!<>)"));
      return path::all;
    }
    JsonNode constant = constant();
    return element -> List.of(constant);
  }

  private JsonNode constant() throws PathSyntaxException {
    if (peek() == '"' || peek() == '\'') {
      return NODES.stringNode(quoted());
    }
    StringBuilder word = new StringBuilder();
    while (at < text.length() && " =!<>)".indexOf(peek()) < 0) {
      word.append(text.charAt(at++));
    }
    String value = word.toString();
    if (value.equals("true") || value.equals("false")) {
      return NODES.booleanNode(value.equals("true"));
    }
    if (!value.matches("-?[0-9]{1,15}([.][0-9]{1,15})?")) {
      throw bad("no constant: " + value);
    }
    return NODES.numberNode(new java.math.BigDecimal(value));
  }

  private void skipSpace() {
    while (peek() == ' ') {
      at++;
    }
  }

  private void expect(char wanted) throws PathSyntaxException {
    if (at >= text.length() || peek() != wanted) {
      throw bad("'" + wanted + "' is missing");
    }
    at++;
  }

  /** The next character; one that means nothing at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private PathSyntaxException bad(String why) {
    return new PathSyntaxException(why + " at character " + (at + 1));
  }
}
