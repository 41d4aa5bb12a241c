package dev.argosy.server.authz;

import java.util.Comparator;

/**
 * Who holds a right, as bindings name them.
 *
 * @param kind User, Group or ServiceAccount
 * @param namespace of a service account; else empty
 */
public record Holder(String kind, String namespace, String name) implements Comparable<Holder> {

  static final String USER = "User";
  static final String GROUP = "Group";
  static final String ACCOUNT = "ServiceAccount";

  private static final Comparator<Holder> ORDER =
      Comparator.comparing(Holder::kind)
          .thenComparing(Holder::namespace)
          .thenComparing(Holder::name);

  static Holder user(String name) {
    return new Holder(USER, "", name);
  }

  static Holder group(String name) {
    return new Holder(GROUP, "", name);
  }

  static Holder account(String namespace, String name) {
    return new Holder(ACCOUNT, namespace, name);
  }

  /**
   * Reads a subject of a binding.
   *
   * @param subject as in {@link Binding#subjects()}
   */
  static Holder ofSubject(String subject) {
    if (subject.startsWith(Binding.ACCOUNT)) {
      String[] account = subject.substring(Binding.ACCOUNT.length()).split(":", 2);
      return account(account[0], account[account.length - 1]);
    }
    return subject.startsWith(Binding.USER)
        ? user(subject.substring(Binding.USER.length()))
        : group(subject.substring(Binding.GROUP.length()));
  }

  @Override
  public int compareTo(Holder other) {
    return ORDER.compare(this, other);
  }
}
