package dev.argosy.server.token;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.access.TokenMark;
import dev.argosy.server.authn.AccessTokens;
import dev.argosy.server.authz.HeldRules;
import dev.argosy.tenancy.member.SubjectRef;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Authenticates with tokens. One is good for as long as its user has anything to do with its
 * cluster, or its service account is the one it was made for.
 */
public final class TokenCheck implements AccessTokens {

  private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final Checked UNKNOWN = new Checked.Bad("access token unknown or revoked");

  private final TokenBook book;
  private final TokenUpkeep upkeep;
  private final HeldRules held;
  private final ObjectLookup objects;
  private final Clock clock;

  public TokenCheck(
      TokenBook book, TokenUpkeep upkeep, HeldRules held, ObjectLookup objects, Clock clock) {
    this.book = book;
    this.upkeep = upkeep;
    this.held = held;
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public boolean looksLike(String token) {
    return TokenText.looksLike(token);
  }

  @Override
  public Checked check(String token) {
    Optional<TokenText> text = TokenText.parse(token);
    if (text.isEmpty()) {
      return new Checked.Bad("not an access token, or mistyped");
    }
    Optional<TokenBook.Entry> entry = book.find(text.get().id());
    if (entry.isEmpty() || !entry.get().token().is(text.get())) {
      return UNKNOWN;
    }
    AccessToken found = entry.get().token();
    if (found.over(clock.instant())) {
      return new Checked.Bad("access token " + found.id() + " has ended");
    }
    UserInfo user = user(found);
    if (!stands(found, user)) {
      return new Checked.Bad(
          "access token " + found.id() + " of somebody who has no place in its cluster any more");
    }
    upkeep.used(found);
    return new Checked.Good(user);
  }

  private boolean stands(AccessToken token, UserInfo user) {
    return switch (token.subject().kind()) {
      case USER -> held.hasPlace(user, token.cluster());
      case SERVICE_ACCOUNT ->
          objects
              .find(account(token.cluster(), token.subject()))
              .filter(found ->
                  found.meta().uid().equals(token.holder().uid()) && !found.meta().deleting())
              .isPresent();
      case GROUP -> false;
    };
  }

  static ObjectKey account(String cluster, SubjectRef subject) {
    String[] place = subject.name().split("/", 2);
    return new ObjectKey(ACCOUNTS, cluster, place[0], place.length > 1 ? place[1] : "");
  }

  private static UserInfo user(AccessToken token) {
    UserInfo plain =
        switch (token.subject().kind()) {
          case USER, GROUP -> {
            List<String> groups = new ArrayList<>(token.holder().groups());
            groups.add(UserInfo.AUTHENTICATED);
            yield new UserInfo(token.subject().name(), token.holder().uid(), groups, Map.of());
          }
          case SERVICE_ACCOUNT -> {
            ObjectKey account = account(token.cluster(), token.subject());
            yield ClusterScope.confine(
                new UserInfo(
                    "system:serviceaccount:" + account.namespace() + ":" + account.name(),
                    token.holder().uid(),
                    List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + account.namespace(),
                        UserInfo.AUTHENTICATED),
                    Map.of()),
                token.cluster());
          }
        };
    return TokenMark.put(plain, token.id());
  }

  /** As whom it acts while nothing else is known of its user. */
  static boolean hasPlace(HeldRules held, AccessToken token) {
    return token.subject().kind() != SubjectRef.Kind.USER
        || held.hasPlace(user(token), token.cluster());
  }

  @Override
  public Optional<String> homeOf(UserInfo user) {
    return TokenMark.of(user).flatMap(book::find).map(entry -> entry.token().cluster());
  }

  @Override
  public void loggedIn(UserInfo user) {
    upkeep.loggedIn(user);
  }
}
