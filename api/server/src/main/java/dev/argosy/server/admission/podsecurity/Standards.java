package dev.argosy.server.admission.podsecurity;

import java.util.ArrayList;
import java.util.List;

/** All rules, in the order in which they are reported. */
final class Standards {

  /**
   * A rule.
   *
   * @param since the first version that has it
   * @param replaced since when a stricter rule stands in for it at the restricted level; {@link
   *     #NEVER} if none does
   */
  private record Rule(Level level, int since, int replaced, Check check) {
    boolean applies(Policy policy) {
      boolean inForce = policy.level().compareTo(level) >= 0 && policy.minor() >= since;
      boolean stricter =
          replaced != NEVER && policy.level() == Level.RESTRICTED && policy.minor() >= replaced;
      return inForce && !stricter;
    }
  }

  private static final int NEVER = -1;

  private static final List<Rule> RULES =
      List.of(
          baseline(0, BaselineChecks::appArmor),
          replaced(22, BaselineChecks::capabilities),
          baseline(0, HostChecks::namespaces),
          replaced(0, HostChecks::paths),
          baseline(0, HostChecks::ports),
          baseline(34, HostChecks::probes),
          baseline(0, BaselineChecks::privileged),
          baseline(0, BaselineChecks::procMount),
          baseline(0, BaselineChecks::seLinux),
          replaced(19, BaselineChecks::seccomp),
          baseline(0, SysctlCheck::of),
          baseline(0, HostChecks::windows),
          restricted(8, RestrictedChecks::escalation),
          restricted(22, RestrictedChecks::capabilities),
          restricted(0, RestrictedChecks::volumes),
          restricted(0, RestrictedChecks::nonRoot),
          restricted(23, RestrictedChecks::user),
          restricted(19, RestrictedChecks::seccomp));

  private Standards() {}

  private static Rule baseline(int since, Check check) {
    return new Rule(Level.BASELINE, since, NEVER, check);
  }

  private static Rule replaced(int since, Check check) {
    return new Rule(Level.BASELINE, 0, since, check);
  }

  private static Rule restricted(int since, Check check) {
    return new Rule(Level.RESTRICTED, since, NEVER, check);
  }

  /** What a pod has against it under a policy; empty if it may run. */
  static List<Violation> violations(Policy policy, PodToCheck pod) {
    List<Violation> violations = new ArrayList<>();
    for (Rule rule : RULES) {
      if (rule.applies(policy)) {
        rule.check().of(pod, policy.minor()).ifPresent(violations::add);
      }
    }
    return violations;
  }
}
