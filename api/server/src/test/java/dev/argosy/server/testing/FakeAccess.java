package dev.argosy.server.testing;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.Authenticator;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Static tokens, and rules as predicates; members of system:masters may do everything. */
public final class FakeAccess implements Authenticator, Authorizer {

  public static final String ADMIN_TOKEN = "admin-token";

  private final Map<String, Authentication> tokens = new ConcurrentHashMap<>();
  private final List<Predicate<Attributes>> rules = new CopyOnWriteArrayList<>();

  public FakeAccess() {
    token(ADMIN_TOKEN, UserInfo.system("admin"), "");
  }

  /**
   * Makes a token good.
   *
   * @param home the cluster it belongs to; empty for none
   */
  public FakeAccess token(String token, UserInfo user, String home) {
    tokens.put(
        token,
        new Authentication.Known(user, home.isEmpty() ? Optional.empty() : Optional.of(home)));
    return this;
  }

  public FakeAccess token(String token, String user, String home) {
    return token(token, new UserInfo(user, "", List.of(), Map.of()), home);
  }

  public FakeAccess allow(Predicate<Attributes> rule) {
    rules.add(rule);
    return this;
  }

  @Override
  public Authentication authenticate(Credentials credentials) {
    if (credentials.certificate().isPresent()) {
      String name = credentials.certificate().get().getSubjectX500Principal().getName();
      String common = name.replaceAll("(?:.*,)?CN=([^,]+).*", "$1");
      return new Authentication.Known(
          new UserInfo(common, "", List.of(), Map.of()), Optional.empty());
    }
    return credentials
        .bearer()
        .map(token -> tokens.getOrDefault(token, new Authentication.Rejected("no such token")))
        .orElse(new Authentication.Anonymous());
  }

  @Override
  public Decision authorize(Attributes attributes) {
    boolean allowed =
        attributes.user().inGroup(UserInfo.SYSTEM_MASTERS)
            || rules.stream().anyMatch(rule -> rule.test(attributes));
    return allowed ? Decision.allow("a rule") : Decision.deny("");
  }
}
