package dev.argosy.model.client.fake;

import dev.argosy.model.object.ApiObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Label and field selectors in their text form. */
record FakeSelection(String labels, String fields) {

  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern COMPARE = Pattern.compile("([^!=]+)(==|=|!=)(.*)");

  boolean matches(ApiObject object) {
    return requirements(labels).stream().allMatch(r -> label(r, object.meta().labels()))
        && fields(object);
  }

  private static List<String> requirements(String selector) {
    return selector.isBlank()
        ? List.of()
        : Arrays.stream(selector.split(",(?![^(]*\\))")).map(String::strip).toList();
  }

  private static boolean label(String requirement, Map<String, String> labels) {
    Matcher set = SET.matcher(requirement);
    if (set.matches()) {
      boolean in =
          labels.containsKey(set.group(1))
              && Set.of(set.group(3).strip().split("\\s*,\\s*")).contains(labels.get(set.group(1)));
      return in == set.group(2).equals("in");
    }
    Matcher compare = COMPARE.matcher(requirement);
    if (compare.matches()) {
      String wanted = compare.group(3).strip();
      boolean equal = wanted.equals(labels.get(compare.group(1).strip()));
      return equal != compare.group(2).equals("!=");
    }
    return requirement.startsWith("!")
        ? !labels.containsKey(requirement.substring(1).strip())
        : labels.containsKey(requirement);
  }

  private boolean fields(ApiObject object) {
    if (fields.isBlank()) {
      return true;
    }
    JsonNode tree = object.tree();
    return requirements(fields).stream().allMatch(r -> field(r, tree));
  }

  private static boolean field(String requirement, JsonNode tree) {
    Matcher compare = COMPARE.matcher(requirement);
    if (!compare.matches()) {
      throw new IllegalArgumentException("bad field selector " + requirement);
    }
    JsonNode value = tree;
    for (String step : compare.group(1).strip().split("\\.")) {
      value = value.path(step);
    }
    boolean equal = value.asString("").equals(compare.group(3).strip());
    return equal != compare.group(2).equals("!=");
  }
}
