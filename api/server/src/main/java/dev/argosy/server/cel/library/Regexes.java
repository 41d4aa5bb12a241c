package dev.argosy.server.cel.library;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * {@code find} and {@code findAll}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library">
 *     Kubernetes: regex library</a>
 */
final class Regexes implements Library {

  @Override
  public void declare(Declarations declarations) {
    CelType text = SimpleType.STRING;
    CelType texts = ListType.create(text);
    declarations
        .method("find", "string_find_string", text, text, text)
        .method("findAll", "string_find_all_string", texts, text, text)
        .method("findAll", "string_find_all_string_int", texts, text, text, SimpleType.INT);
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costs(Costs.matching());
    functions.add(
        "find",
        List.of(String.class, String.class),
        new PatternBody((text, pattern, arguments) -> find(text, pattern)));
    functions.add(
        "findAll",
        List.of(String.class, String.class),
        new PatternBody((text, pattern, arguments) -> all(text, pattern, -1)));
    functions.add(
        "findAll",
        List.of(String.class, String.class, Long.class),
        new PatternBody((text, pattern, arguments) -> all(text, pattern, (Long) arguments[2])));
  }

  private static String find(String text, Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  private static List<Object> all(String text, Pattern pattern, long limit) {
    Matcher matcher = pattern.matcher(text);
    List<Object> found = new ArrayList<>();
    while ((limit < 0 || found.size() < limit) && matcher.find()) {
      found.add(matcher.group());
    }
    return Collections.unmodifiableList(found);
  }
}
