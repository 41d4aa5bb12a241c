package dev.argosy.agent.device;

/** Names of extended resources: {@code DOMAIN/NAME}, and the domain is not Kubernetes' own. */
final class ResourceName {

  private static final String LABEL = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
  private static final String DOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
  private static final int LONGEST_DOMAIN = 253;
  private static final String QUOTA = "requests.";

  private ResourceName() {}

  /** Whether plug-ins may offer it. */
  static boolean extended(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String domain = name.substring(0, slash);
    return domain.matches(DOMAIN)
        && domain.length() + QUOTA.length() <= LONGEST_DOMAIN
        && !(domain + "/").contains("kubernetes.io/")
        && !domain.startsWith(QUOTA)
        && name.substring(slash + 1).matches(LABEL);
  }
}
