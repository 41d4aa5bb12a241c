package dev.argosy.model.name;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be a name in a CEL expression.
 *
 * @see <a href="https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax">CEL:
 *     syntax</a>
 */
public final class ExpressionNames {

  private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private ExpressionNames() {}

  /** Whether the text has the form of an identifier, be it reserved or not. */
  public static boolean identifier(String text) {
    return IDENTIFIER.matcher(text).matches();
  }

  /** Whether the language keeps the word for itself. */
  public static boolean reserved(String word) {
    return RESERVED.contains(word);
  }
}
