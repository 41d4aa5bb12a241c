package dev.argosy.model.access;

import java.util.List;
import java.util.Map;

/**
 * An authenticated identity, as Kubernetes' authentication layer names it.
 *
 * @param name for example {@code system:serviceaccount:default:builder} or an e-mail address
 * @param uid stable across renames; may be empty
 * @param groups in the order the authenticator gave them
 * @param extra further claims, for example {@code authentication.kubernetes.io/pod-name}
 * @param verifiedEmail the user's own address in the form of {@link MailAddress#canonical}, as an
 *     identity provider says whose word on addresses is taken; empty if none does. Shown to nobody
 *     else, and lost by whoever acts as somebody.
 */
public record UserInfo(
    String name,
    String uid,
    List<String> groups,
    Map<String, List<String>> extra,
    String verifiedEmail) {

  public static final String SYSTEM_MASTERS = "system:masters";
  public static final String AUTHENTICATED = "system:authenticated";

  public UserInfo {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a user needs a name");
    }
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /** Somebody whose address nobody vouches for. */
  public UserInfo(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    this(name, uid, groups, extra, "");
  }

  /** A part of the platform itself, for example {@code scheduler}; may do everything. */
  public static UserInfo system(String component) {
    return new UserInfo(
        "system:" + component, "", List.of(SYSTEM_MASTERS, AUTHENTICATED), Map.of());
  }

  public boolean inGroup(String group) {
    return groups.contains(group);
  }
}
