package dev.argosy.server.token;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.authz.HeldRules;
import dev.argosy.server.follow.Tending;
import dev.argosy.tenancy.member.SubjectRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes in tokens that they are used, at most once an hour; takes from them the groups that their
 * user no longer has; removes those that ended a day ago, and those whose user has had no place in
 * their cluster, or whose scope names a role that is gone, at two looks in a row, so that nobody
 * who comes back has them again.
 */
public final class TokenUpkeep implements AutoCloseable {

  static final Duration KEPT = Duration.ofDays(1);
  private static final Duration COARSE = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(TokenUpkeep.class);

  private final TokenBook book;
  private final HeldRules held;
  private final Clock clock;
  private final Map<ObjectKey, Instant> used = new ConcurrentHashMap<>();
  private final Map<ObjectKey, Set<String>> left = new ConcurrentHashMap<>();
  private final Map<String, ObjectKey> due = new ConcurrentHashMap<>();
  private final Tending tending;
  private final CountDownLatch closing = new CountDownLatch(1);
  private Set<String> placeless = Set.of();
  private volatile @Nullable ApiClient client;
  private @Nullable Thread looking;

  public TokenUpkeep(TokenBook book, HeldRules held, Clock clock) {
    this.book = book;
    this.held = held;
    this.clock = clock;
    this.tending =
        new Tending(new Tending.Crew("access-tokens", 1, Duration.ofSeconds(5)), this::note);
  }

  /** Begins; does not wait. */
  public void start(ApiClient as) {
    client = as;
    tending.start();
    looking = Thread.ofVirtual().name("access-tokens-look").start(this::run);
  }

  /** A token is used now. */
  void used(AccessToken token) {
    Instant now = clock.instant();
    Instant known = used.getOrDefault(token.key(), token.life().lastUsed().orElse(Instant.MIN));
    Instant stored = token.life().lastUsed().orElse(Instant.MIN);
    Instant last = known.isAfter(stored) ? known : stored;
    if (last.equals(Instant.MIN) || !now.isBefore(last.plus(COARSE))) {
      used.put(token.key(), now.truncatedTo(ChronoUnit.HOURS));
      put(token.key());
    }
  }

  /** What the identity provider says of a user now takes away what it no longer says. */
  void loggedIn(UserInfo user) {
    for (ObjectKey key : book.of(new SubjectRef(SubjectRef.Kind.USER, user.name()))) {
      Optional<TokenBook.Entry> entry = book.at(key);
      if (entry.isPresent() && !user.groups().containsAll(entry.get().token().holder().groups())) {
        left.put(key, Set.copyOf(user.groups()));
        put(key);
      }
    }
  }

  private void put(ObjectKey key) {
    due.put(key.toString(), key);
    tending.put(key.toString());
  }

  private boolean note(String name) {
    ObjectKey key = due.get(name);
    ApiClient as = client;
    Optional<TokenBook.Entry> entry = key == null ? Optional.empty() : book.at(key);
    if (key == null || as == null || entry.isEmpty()) {
      return true;
    }
    ObjectNode patch = Json.object();
    ObjectNode status = patch.putObject("status");
    Instant at = used.get(key);
    if (at != null) {
      status.put("lastUsedAt", at.toString());
    }
    Set<String> groups = left.get(key);
    if (groups != null) {
      var list = status.putArray("groups");
      entry.get().token().holder().groups().stream().filter(groups::contains).forEach(list::add);
    }
    boolean done =
        switch (as.patch(key, "status", Patch.merge(patch))) {
          case ApiResult.Ok<ApiObject> ok -> true;
          case ApiResult.Refused<ApiObject>(var why) -> why.code() < 500 && why.code() != 429;
        };
    if (done && groups != null) {
      left.remove(key, groups);
    }
    return done;
  }

  private void run() {
    try {
      do {
        look();
      } while (!closing.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      clear();
    } catch (RuntimeException e) {
      LOG.warn("ended access tokens could not be removed, trying again", e);
    }
  }

  /** Removes what ended long enough ago, and what nobody may use any more. */
  void clear() {
    Instant before = clock.instant().minus(KEPT);
    Set<String> without = new HashSet<>();
    for (TokenBook.Entry entry : List.copyOf(book.all())) {
      AccessToken token = entry.token();
      boolean gone = !TokenCheck.hasPlace(held, token) || !entry.bound().stands();
      if (gone) {
        without.add(token.id());
      }
      if (!before.isBefore(token.life().expires()) || (gone && placeless.contains(token.id()))) {
        remove(token);
      }
    }
    placeless = without;
    used.keySet().removeIf(key -> book.at(key).isEmpty());
    left.keySet().removeIf(key -> book.at(key).isEmpty());
    due.values().removeIf(key -> book.at(key).isEmpty());
  }

  /** This very token, and not one of the same name. */
  private void remove(AccessToken token) {
    ApiClient as = client;
    if (as == null) {
      return;
    }
    Optional<ApiObject> found = as.get(token.key()).orAbsent();
    if (found.isPresent() && AccessToken.of(found.get()).id().equals(token.id())) {
      DeleteOptions options = new DeleteOptions(null, null, found.get().meta().uid(), null);
      if (as.delete(token.key(), options) instanceof ApiResult.Refused<ApiObject>(var status)) {
        LOG.debug("{} stays: {}", token.key(), status.message());
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    tending.close();
  }
}
