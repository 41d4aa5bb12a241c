package dev.argosy.server.authz;

import dev.argosy.server.access.Attributes;
import java.util.ArrayList;
import java.util.List;
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

  private final Predicate<String> clusters;
  private final List<List<PolicyRule>> limits;
  private final List<PolicyRule> named;
  private final boolean readOnly;

  /**
   * @param clusters where anything is allowed at all; asked with {@code *}, too
   * @param limits each of them must allow it
   * @param named rules that may name what needs to be named
   * @param readOnly whether what changes things is refused, even if its verb is one of reading
   */
  Bound(
      Predicate<String> clusters,
      List<List<PolicyRule>> limits,
      List<PolicyRule> named,
      boolean readOnly) {
    this.clusters = clusters;
    this.limits = List.copyOf(limits);
    this.named = List.copyOf(named);
    this.readOnly = readOnly;
  }

  boolean covers(String cluster) {
    return clusters.test(cluster);
  }

  boolean allows(Attributes asked) {
    if (!covers(asked.cluster()) || (readOnly && CONVERSATIONS.contains(asked.subresource()))) {
      return false;
    }
    for (List<PolicyRule> limit : limits) {
      if (limit.stream().noneMatch(rule -> rule.allows(asked))) {
        return false;
      }
    }
    return !delicate(asked) || named.stream().anyMatch(rule -> names(rule, asked));
  }

  /** What of some rules is left. */
  List<PolicyRule> narrowed(List<PolicyRule> rules) {
    List<PolicyRule> left = rules;
    for (List<PolicyRule> limit : limits) {
      List<PolicyRule> met = new ArrayList<>();
      for (PolicyRule rule : left) {
        limit.forEach(other -> Overlap.of(rule, other).ifPresent(met::add));
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
