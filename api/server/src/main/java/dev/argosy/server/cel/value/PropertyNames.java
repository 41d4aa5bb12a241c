package dev.argosy.server.cel.value;

import dev.argosy.model.name.ExpressionNames;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the names of JSON properties are spelled in expressions: {@code foo.bar} is {@code
 * foo__dot__bar}, {@code namespace} is {@code __namespace__}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#escaping">Kubernetes: escaping
 *     of property names</a>
 */
public final class PropertyNames {

  private static final Map<String, String> ESCAPES =
      Map.of("__", "__underscores__", ".", "__dot__", "-", "__dash__", "/", "__slash__");

  private static final Map<String, String> UNESCAPES =
      ESCAPES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private static final Pattern TO_ESCAPE = Pattern.compile("__|[./-]");
  private static final Pattern ESCAPED =
      Pattern.compile("__underscores__|__dot__|__dash__|__slash__");

  private PropertyNames() {}

  /** The spelling of a property; empty if expressions cannot name it. */
  public static Optional<String> escape(String property) {
    if (ExpressionNames.reserved(property)) {
      return Optional.of("__" + property + "__");
    }
    if (!needsEscape(property)) {
      return ExpressionNames.identifier(property) ? Optional.of(property) : Optional.empty();
    }
    String escaped =
        TO_ESCAPE
            .matcher(property)
            .replaceAll(match -> Matcher.quoteReplacement(ESCAPES.getOrDefault(match.group(), "")));
    return ExpressionNames.identifier(escaped) ? Optional.of(escaped) : Optional.empty();
  }

  /** Whether the property is escaped for being a word of the language. */
  public static boolean isKeyword(String property) {
    return ExpressionNames.reserved(property);
  }

  private static boolean needsEscape(String property) {
    return property.contains("__")
        || property.indexOf('.') >= 0
        || property.indexOf('-') >= 0
        || property.indexOf('/') >= 0;
  }

  /** The property that is spelled so. */
  public static String unescape(String spelled) {
    if (!spelled.contains("__")) {
      return spelled;
    }
    if (spelled.startsWith("__") && spelled.endsWith("__") && spelled.length() > 4) {
      String inner = spelled.substring(2, spelled.length() - 2);
      if (ExpressionNames.reserved(inner)) {
        return inner;
      }
    }
    return ESCAPED
        .matcher(spelled)
        .replaceAll(match -> Matcher.quoteReplacement(UNESCAPES.getOrDefault(match.group(), "")));
  }
}
