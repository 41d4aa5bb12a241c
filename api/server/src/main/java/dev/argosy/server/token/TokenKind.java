package dev.argosy.server.token;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.server.access.TokenMark;
import dev.argosy.server.authz.HeldRules;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import dev.argosy.tenancy.member.SubjectRef;
import dev.argosy.tenancy.member.Term;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where writes of tokens differ: whose they may be, how long they may last, what of them is shown
 * once, and that nobody writes what the server says of them.
 */
public final class TokenKind implements KindRules {

  private static final String SYSTEM = "system:";

  /** So many tokens has a subject in a cluster at most. */
  static final int MOST = 100;

  private final TokenBook book;
  private final Rights rights;
  private final ScopeRoles roles;
  private final Duration longest;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * What decides whose tokens somebody may make.
   *
   * @param objects where service accounts and roles are
   */
  public record Rights(
      HeldRules held, Authorizer authorizer, ObjectLookup objects, TenantAccess tenants) {}

  /**
   * @param longest no token lasts longer
   * @param random where secrets come from; must not be predictable
   */
  public TokenKind(
      TokenBook book, Rights rights, Duration longest, Clock clock, RandomGenerator random) {
    this.book = book;
    this.rights = rights;
    this.roles = new ScopeRoles(rights.objects, rights.tenants);
    this.longest = longest;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    object.remove("status");
    object.withObject("metadata").remove("finalizers");
    ObjectNode spec = object.withObject("spec");
    if (!spec.has("subject")) {
      spec.putObject("subject").put("kind", "User").put("name", write.user().name());
    }
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    object.set("status", old.path("status").deepCopy());
    object.withObject("metadata").remove("finalizers");
  }

  /** Of the status, the time of use may change, and groups may get fewer. */
  @Override
  public void beforePartUpdate(ObjectNode object, ObjectNode old) {
    JsonNode wanted = object.path("status");
    ObjectNode status = (ObjectNode) old.path("status").deepCopy();
    if (wanted.has("lastUsedAt")) {
      status.set("lastUsedAt", wanted.get("lastUsedAt"));
    }
    List<String> groups = new ArrayList<>(AccessToken.groups(status));
    groups.retainAll(AccessToken.groups(wanted));
    ArrayNode left = status.putArray("groups");
    groups.forEach(left::add);
    object.set("spec", old.path("spec").deepCopy());
    object.set("status", status);
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    if (old != null) {
      return List.of();
    }
    JsonNode spec = object.path("spec");
    List<Cause> all = new ArrayList<>(endProblems(spec));
    all.addAll(roles.problems(spec.path("scope"), write.cluster()));
    SubjectRef subject;
    try {
      subject = SubjectRef.of(spec.path("subject"));
    } catch (IllegalArgumentException e) {
      return all; // the kind says so
    }
    if (book.of(subject).stream().filter(k -> k.cluster().equals(write.cluster())).count()
        >= MOST) {
      throw refused(write, "whoever it is for has " + MOST + " access tokens here already");
    }
    switch (subject.kind()) {
      case USER -> requireSelf(write, subject);
      case SERVICE_ACCOUNT -> all.addAll(accountProblems(write, subject));
      case GROUP -> {} // the kind says so
    }
    return all;
  }

  private List<Cause> endProblems(JsonNode spec) {
    String text = spec.path("expiresAt").asString("");
    Instant now = clock.instant();
    Term term;
    try {
      term = Term.of(spec);
    } catch (IllegalArgumentException e) {
      return List.of(invalid(text, "must be a time of RFC 3339"));
    }
    if (term.expiresAt().isEmpty()) {
      return List.of(); // the kind says so
    }
    if (term.over(now)) {
      return List.of(invalid(text, "must lie in the future"));
    }
    return term.expiresAt().get().isAfter(now.plus(longest))
        ? List.of(invalid(text, "must be no later than " + longest + " from now"))
        : List.of();
  }

  private static Cause invalid(String value, String why) {
    return new Cause(
        "FieldValueInvalid", "Invalid value: \"" + value + "\": " + why, "spec.expiresAt");
  }

  /** Of users only by themselves, having logged in: no token leads to the next. */
  private void requireSelf(Write write, SubjectRef subject) {
    UserInfo user = write.user();
    if (TokenMark.of(user).isPresent()) {
      throw refused(write, "an access token cannot make one for its user");
    }
    if (ClusterScope.of(user).isPresent() || user.name().startsWith(SYSTEM)) {
      throw refused(
          write, "only who has logged in can make one for themselves, in nobody else's name");
    }
    if (!subject.name().equals(user.name())) {
      throw refused(write, "users make access tokens for themselves and for service accounts only");
    }
    if (!rights.held.hasPlace(user, write.cluster())) {
      throw refused(
          write, "it is made in the cluster of a tenant whose member its user is, or with a role");
    }
  }

  private List<Cause> accountProblems(Write write, SubjectRef subject) {
    ObjectKey account = TokenCheck.account(write.cluster(), subject);
    Attributes asked =
        new Attributes(
            write.user(),
            write.cluster(),
            "create",
            "",
            "v1",
            "serviceaccounts",
            "token",
            account.namespace(),
            account.name(),
            "");
    if (!rights.authorizer.authorize(asked).allowed()) {
      throw refused(
          write,
          "user \""
              + write.user().name()
              + "\" cannot create tokens of the service account "
              + subject.name());
    }
    return rights.objects.find(account).isPresent()
        ? List.of()
        : List.of(
            new Cause(
                "FieldValueNotFound",
                "Not found: \"" + subject.name() + "\"",
                "spec.subject.name"));
  }

  private static StatusException refused(Write write, String why) {
    return Status.forbidden(AccessToken.RESOURCE, write.name(), why).asException();
  }

  @Override
  public ObjectNode shownOnce(Write write, ObjectNode object) {
    ObjectNode once = Json.object();
    if (write.options().dryRun()) {
      return once;
    }
    TokenText text = TokenText.make(random);
    ObjectNode status = object.putObject("status");
    status.put("id", text.id()).put("hash", text.hash());
    roles.uid(object.path("spec").path("scope")).ifPresent(u -> status.put("roleUid", u));
    SubjectRef subject = SubjectRef.of(object.path("spec").path("subject"));
    if (subject.kind() == SubjectRef.Kind.USER) {
      status.put("uid", write.user().uid());
      ArrayNode groups = status.putArray("groups");
      write.user().groups().stream().filter(g -> !g.startsWith(SYSTEM)).forEach(groups::add);
    } else {
      rights
          .objects
          .find(TokenCheck.account(write.cluster(), subject))
          .map(ApiObject::meta)
          .ifPresent(account -> status.put("uid", account.uid()));
    }
    return once.put("token", text.text());
  }

  @Override
  public void done(Write write, long revision) {
    book.await(revision);
  }
}
