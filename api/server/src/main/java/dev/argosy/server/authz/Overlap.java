package dev.argosy.server.authz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** What two rules both allow, as a rule. */
final class Overlap {

  private static final String NOTHING = "";

  private Overlap() {}

  /** The rule; empty if they have nothing in common. */
  static Optional<PolicyRule> of(PolicyRule one, PolicyRule other) {
    List<String> verbs = each(one.verbs(), other.verbs(), Overlap::word);
    List<String> paths = each(one.paths(), other.paths(), Overlap::path);
    List<String> groups = groups(one.groups(), other.groups());
    List<String> resources = each(one.resources(), other.resources(), Overlap::resource);
    boolean named = !one.names().isEmpty() && !other.names().isEmpty();
    List<String> names =
        named
            ? one.names().stream().filter(other.names()::contains).toList()
            : one.names().isEmpty() ? other.names() : one.names();
    boolean any = !resources.isEmpty() && !groups.isEmpty() && !(named && names.isEmpty());
    if (verbs.isEmpty() || (paths.isEmpty() && !any)) {
      return Optional.empty();
    }
    List<String> none = List.of();
    return Optional.of(
        new PolicyRule(
            verbs, any ? groups : none, any ? resources : none, any ? names : none, paths));
  }

  private static List<String> each(
      List<String> some, List<String> others, BinaryOperator<String> both) {
    List<String> found = new ArrayList<>();
    for (String one : some) {
      for (String other : others) {
        String met = both.apply(one, other);
        if (!met.equals(NOTHING) && !found.contains(met)) {
          found.add(met);
        }
      }
    }
    return found;
  }

  /** The core group is the empty text, so it cannot stand for nothing. */
  private static List<String> groups(List<String> some, List<String> others) {
    if (some.contains(PolicyRule.ANY)) {
      return others;
    }
    return others.contains(PolicyRule.ANY) ? some : some.stream().filter(others::contains).toList();
  }

  private static String word(String one, String other) {
    if (one.equals(PolicyRule.ANY)) {
      return other;
    }
    return other.equals(PolicyRule.ANY) || other.equals(one) ? one : NOTHING;
  }

  private static String resource(String one, String other) {
    String met = word(one, other);
    if (!met.equals(NOTHING)) {
      return met;
    }
    return part(one, other) ? other : part(other, one) ? one : NOTHING;
  }

  /** Whether the pattern is such a part of any resource, and the other of one. */
  private static boolean part(String pattern, String resource) {
    int slash = resource.indexOf('/');
    return slash >= 0 && pattern.equals("*" + resource.substring(slash));
  }

  private static String path(String one, String other) {
    if (PolicyRule.pathMatches(one, other)) {
      return other;
    }
    return PolicyRule.pathMatches(other, one) ? one : NOTHING;
  }
}
