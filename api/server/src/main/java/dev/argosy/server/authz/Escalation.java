package dev.argosy.server.authz;

import static java.util.stream.Collectors.joining;

import dev.argosy.model.access.UserInfo;
import java.util.List;

/** What somebody would give without having it, and how that is said. */
final class Escalation {

  private Escalation() {}

  /** What of the wanted rules the own ones do not cover, as rules of one verb each. */
  static List<PolicyRule> missing(List<PolicyRule> own, List<PolicyRule> wanted) {
    return wanted.stream()
        .flatMap(rule -> rule.singles().stream())
        .filter(one -> own.stream().noneMatch(have -> have.covers(one)))
        .toList();
  }

  /** Kubernetes' words. */
  static String refusal(UserInfo user, List<PolicyRule> missing) {
    StringBuilder text = new StringBuilder("user \"").append(user.name()).append("\" (groups=[");
    text.append(user.groups().stream().map(g -> '"' + g + '"').collect(joining(" ")));
    text.append("]) is attempting to grant RBAC permissions not currently held:");
    PolicyRule.joined(missing).stream()
        .map(PolicyRule::shown)
        .sorted()
        .distinct()
        .forEach(rule -> text.append('\n').append(rule));
    return text.toString();
  }
}
