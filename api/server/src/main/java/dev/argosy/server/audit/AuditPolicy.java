package dev.argosy.server.audit;

import dev.argosy.server.access.Attributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests are kept, and how much of them. The first rule that matches counts; without one
 * nothing is kept. Immutable; asked on every request.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/">Auditing</a>
 */
public record AuditPolicy(List<AuditRule> rules) {

  static final AuditPolicy NOTHING = new AuditPolicy(List.of());

  public AuditPolicy {
    rules = List.copyOf(rules);
  }

  /**
   * What becomes of a request.
   *
   * @param omitted stages of which nothing is kept
   */
  public record Decision(AuditLevel level, Set<AuditStage> omitted, boolean withoutManagedFields) {

    static final Decision NONE = new Decision(AuditLevel.NONE, Set.of(), false);

    /** Of a request that is kept though no rule says so: its end, without bodies. */
    static final Decision MARKED =
        new Decision(
            AuditLevel.METADATA,
            Set.of(AuditStage.REQUEST_RECEIVED, AuditStage.RESPONSE_STARTED),
            false);

    public Decision {
      omitted = Set.copyOf(omitted);
    }

    boolean omits(AuditStage stage) {
      return level == AuditLevel.NONE || omitted.contains(stage);
    }
  }

  /** The decision on a request. */
  public Decision decide(Attributes asked) {
    for (AuditRule rule : rules) {
      if (rule.matches(asked)) {
        return rule.decision();
      }
    }
    return Decision.NONE;
  }

  /**
   * One rule. Empty sets match everything.
   *
   * @param resources present if the rule is for resources only
   * @param paths present if the rule is for other paths only
   */
  record AuditRule(
      Decision decision,
      Who who,
      Set<String> verbs,
      Optional<Resources> resources,
      List<String> paths) {

    /** Who asks. */
    record Who(Set<String> users, Set<String> groups) {
      boolean matches(Attributes asked) {
        return (users.isEmpty() || users.contains(asked.user().name()))
            && (groups.isEmpty() || asked.user().groups().stream().anyMatch(groups::contains));
      }
    }

    boolean matches(Attributes asked) {
      if (!who.matches(asked) || !verbs.isEmpty() && !verbs.contains(asked.verb())) {
        return false;
      }
      if (resources.isPresent()) {
        return asked.resourceRequest() && resources.get().matches(asked);
      }
      return paths.isEmpty()
          || !asked.resourceRequest() && paths.stream().anyMatch(p -> covers(p, asked.path()));
    }

    private static boolean covers(String pattern, String path) {
      return pattern.equals(path)
          || pattern.endsWith("*") && path.startsWith(pattern.substring(0, pattern.length() - 1));
    }
  }

  /** Which resources, in which namespaces ("" is for those that have none). */
  record Resources(Set<String> namespaces, List<OfGroup> groups) {

    boolean matches(Attributes asked) {
      return (namespaces.isEmpty() || namespaces.contains(asked.namespace()))
          && (groups.isEmpty() || groups.stream().anyMatch(group -> group.matches(asked)));
    }
  }

  /**
   * Resources of one group.
   *
   * @param resources such as {@code pods}, {@code pods/log}, {@code pods/*}, {@code *}{@code
   *     /scale}, {@code *}
   */
  record OfGroup(String group, Set<String> resources, Set<String> names) {

    boolean matches(Attributes asked) {
      if (!group.equals(asked.group())) {
        return false;
      }
      if (resources.isEmpty()) {
        return true;
      }
      if (!names.isEmpty() && !names.contains(asked.name())) {
        return false;
      }
      String part = asked.subresource();
      return resources.contains("*")
          || resources.contains(part.isEmpty() ? asked.resource() : asked.resource() + "/" + part)
          || !part.isEmpty()
              && (resources.contains(asked.resource() + "/*") || resources.contains("*/" + part));
    }
  }
}
