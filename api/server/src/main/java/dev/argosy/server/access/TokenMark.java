package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Marks an identity that came with an access token by the token's id. The mark only ever takes
 * rights away: what the token may not do, and everything once it is revoked. So it stays on whoever
 * such an identity acts as.
 */
public final class TokenMark {

  /** The member of {@link UserInfo#extra()} that holds the id. */
  public static final String EXTRA = "argosy.dev/access-token";

  private TokenMark() {}

  /** The id of the token that the identity came with; empty if it came with none. */
  public static Optional<String> of(UserInfo user) {
    List<String> values = user.extra().get(EXTRA);
    return values == null ? Optional.empty() : Optional.of(String.join(",", values));
  }

  /** The same identity, marked. */
  public static UserInfo put(UserInfo user, String id) {
    Map<String, List<String>> extra = new LinkedHashMap<>(user.extra());
    extra.put(EXTRA, List.of(id));
    return new UserInfo(user.name(), user.uid(), user.groups(), extra);
  }

  /** An identity that another one acts as, with the other's mark if that has one. */
  public static UserInfo carry(UserInfo from, UserInfo to) {
    Optional<String> id = of(from);
    return id.isPresent() ? put(to, id.get()) : to;
  }
}
