package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Marks whoever somebody acts as by the right of a break-glass with that one's name. Like that of
 * an access token, the mark only takes rights away, so nothing is won by forging it.
 */
public final class EmergencyMark {

  /** The mark's name: in {@link UserInfo#extra()} and in the audit's annotations. */
  public static final String NAME = "tenancy.argosy.dev/break-glass";

  private EmergencyMark() {}

  public static boolean on(UserInfo user) {
    return user.extra().containsKey(NAME);
  }

  /**
   * The same identity, marked if what allows to act as it is a break-glass.
   *
   * @param marks of the decision
   */
  public static UserInfo put(UserInfo user, Map<String, String> marks) {
    String name = marks.get(NAME);
    if (name == null) {
      return user;
    }
    Map<String, List<String>> extra = new LinkedHashMap<>(user.extra());
    extra.put(NAME, List.of(name));
    return new UserInfo(user.name(), user.uid(), user.groups(), extra);
  }
}
