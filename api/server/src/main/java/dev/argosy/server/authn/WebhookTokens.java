package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Asks a service of the operator's about tokens that nobody else knows. Its word is taken for
 * whatever it says, names of the system included. No answer means no access, and is not remembered.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication">Webhook
 *     token authentication</a>
 */
public final class WebhookTokens {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookTokens.class);
  private static final int REMEMBERED = 20_000;

  private final WebhookSettings settings;
  private final WebhookClient client;
  private final Clock clock;
  private final CheckedTokens<Known> known = new CheckedTokens<>(REMEMBERED);
  private final Map<String, ReentrantLock> asking = new ConcurrentHashMap<>();

  /** An answer and when it is to be asked for again. */
  private record Known(BearerTokens.Result result, Instant until) {}

  public WebhookTokens(WebhookSettings settings, Clock clock) {
    this.settings = settings;
    this.client = new WebhookClient(settings);
    this.clock = clock;
  }

  /**
   * What the service says.
   *
   * @param apiAudiences that an answer without audiences stands for
   */
  BearerTokens.Result check(String token, Set<String> audiences, Set<String> apiAudiences) {
    String key = CheckedTokens.hash(token) + audiences.stream().sorted().toList();
    Known answer = remembered(key);
    return answer == null ? ask(key, token, audiences, apiAudiences) : answer.result();
  }

  private @Nullable Known remembered(String key) {
    Known answer = known.find(key);
    return answer != null && clock.instant().isBefore(answer.until()) ? answer : null;
  }

  /** Many requests that bring the same new token ask once. */
  private BearerTokens.Result ask(
      String key, String token, Set<String> audiences, Set<String> apiAudiences) {
    ReentrantLock lock = asking.computeIfAbsent(key, k -> new ReentrantLock());
    lock.lock();
    try {
      Known answer = remembered(key);
      if (answer == null) {
        Set<String> implicit = new HashSet<>(apiAudiences);
        implicit.addAll(settings.audiences());
        BearerTokens.Result result = result(client.review(token, audiences), audiences, implicit);
        boolean good = result instanceof BearerTokens.Result.Good;
        answer =
            new Known(
                result,
                clock
                    .instant()
                    .plus(good ? settings.lifetimes().good() : settings.lifetimes().bad()));
        known.remember(key, answer);
      }
      return answer.result();
    } catch (IOException e) {
      LOG.warn("tokens cannot be reviewed by {}: {}", settings.url(), e.toString());
      return new BearerTokens.Result.Bad("the token could not be reviewed");
    } finally {
      lock.unlock();
      asking.remove(key, lock);
    }
  }

  private static BearerTokens.Result result(
      JsonNode status, Set<String> wanted, Set<String> implicit) {
    if (!status.path("authenticated").asBoolean(false)) {
      return new BearerTokens.Result.Bad(status.path("error").asString(""));
    }
    Set<String> common = new HashSet<>(texts(status.path("audiences")));
    if (common.isEmpty()) {
      common.addAll(implicit);
    }
    common.retainAll(wanted);
    JsonNode user = status.path("user");
    String name = user.path("username").asString("");
    if (common.isEmpty() || name.isEmpty()) {
      return new BearerTokens.Result.Bad("");
    }
    Map<String, List<String>> extra = new HashMap<>();
    user.path("extra")
        .properties()
        .forEach(entry -> extra.put(entry.getKey(), texts(entry.getValue())));
    return new BearerTokens.Result.Good(
        new UserInfo(name, user.path("uid").asString(""), texts(user.path("groups")), extra),
        Set.copyOf(common));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return List.copyOf(texts);
  }
}
