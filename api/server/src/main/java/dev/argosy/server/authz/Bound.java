package dev.argosy.server.authz;

import dev.argosy.server.access.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How far rights go at most, whatever gives them: in which clusters, and by which rules. All limits
 * must allow what is asked. What would let somebody get around them must be named word for word.
 */
public final class Bound {

  /** Nothing is allowed. */
  public static final Bound CLOSED = new Bound(cluster -> false, List.of(), List.of(), true);

  /** They do more than reading, and may come with the verb get. */
  private static final Set<String> CONVERSATIONS = Set.of("attach", "exec", "portforward", "proxy");

  /** What a client needs to find out what there is and what it may: right within any limit. */
  private static final List<PolicyRule> ASKING =
      List.of(
          PolicyRule.resources(
              List.of("create"),
              List.of("authorization.k8s.io"),
              List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews")),
          PolicyRule.resources(
              List.of("create"), List.of("authentication.k8s.io"), List.of("selfsubjectreviews")),
          PolicyRule.resources(
              List.of("create"), List.of("access.argosy.dev"), List.of("accessexplanations")),
          TenantRoleRules.DISCOVERY);

  /** Rules of which one must allow what is asked, as they are at that moment. */
  interface Limit {

    /** The rules; empty if they are gone. Asked on every request. */
    Optional<List<PolicyRule>> rules();

    /** One that stays as it is. */
    static Limit of(List<PolicyRule> rules) {
      Optional<List<PolicyRule>> fixed = Optional.of(List.copyOf(rules));
      return () -> fixed;
    }

    private List<PolicyRule> now() {
      return rules().orElse(List.of());
    }
  }

  private final Predicate<String> clusters;
  private final List<Limit> limits;
  private final List<PolicyRule> named;
  private final boolean readOnly;

  /**
   * @param clusters where anything is allowed at all; asked with {@code *}, too
   * @param limits each of them must allow it, or it is one of the questions that all may ask
   * @param named rules that may name what needs to be named
   * @param readOnly whether what changes things is refused, even if its verb is one of reading
   */
  Bound(Predicate<String> clusters, List<Limit> limits, List<PolicyRule> named, boolean readOnly) {
    this.clusters = clusters;
    this.limits = List.copyOf(limits);
    this.named = List.copyOf(named);
    this.readOnly = readOnly;
  }

  /** Whether everything that it is made of is still there; what is gone allows nothing. */
  public boolean stands() {
    return limits.stream().allMatch(limit -> limit.rules().isPresent());
  }

  boolean covers(String cluster) {
    return clusters.test(cluster);
  }

  boolean allows(Attributes asked) {
    if (!covers(asked.cluster()) || (readOnly && CONVERSATIONS.contains(asked.subresource()))) {
      return false;
    }
    for (Limit limit : limits) {
      if (noneAllows(limit.now(), asked) && noneAllows(ASKING, asked)) {
        return false;
      }
    }
    return !delicate(asked) || named.stream().anyMatch(rule -> names(rule, asked));
  }

  private static boolean noneAllows(List<PolicyRule> rules, Attributes asked) {
    return rules.stream().noneMatch(rule -> rule.allows(asked));
  }

  /** What of some rules is left. */
  List<PolicyRule> narrowed(List<PolicyRule> rules) {
    List<PolicyRule> left = rules;
    for (Limit limit : limits) {
      List<PolicyRule> now = limit.now();
      List<PolicyRule> met = new ArrayList<>();
      for (PolicyRule rule : left) {
        now.forEach(other -> Overlap.of(rule, other).ifPresent(met::add));
        ASKING.forEach(other -> Overlap.of(rule, other).ifPresent(met::add));
      }
      left = met;
    }
    return left;
  }

  /** Acting as others, rights beyond one's own, and what authenticates by itself afterwards. */
  private static boolean delicate(Attributes asked) {
    if (asked.verb().equals("impersonate")) {
      return true;
    }
    return switch (asked.resource()) {
      case "accesstokens" -> asked.group().equals("access.argosy.dev") && makes(asked);
      case "breakglasses" -> asked.group().equals("tenancy.argosy.dev") && makes(asked);
      case "serviceclients" -> asked.group().equals("tenancy.argosy.dev") && makes(asked);
      case "serviceaccounts" -> asked.subresource().equals("token");
      case "certificatesigningrequests" ->
          asked.group().equals("certificates.k8s.io") && makes(asked);
      default -> false;
    };
  }

  private static boolean makes(Attributes asked) {
    return !Set.of("get", "list", "watch", "delete", "deletecollection").contains(asked.verb());
  }

  private static boolean names(PolicyRule rule, Attributes asked) {
    String resource =
        asked.subresource().isEmpty()
            ? asked.resource()
            : asked.resource() + "/" + asked.subresource();
    return rule.allows(asked)
        && rule.verbs().contains(asked.verb())
        && rule.groups().contains(asked.group())
        && rule.resources().contains(resource);
  }
}
