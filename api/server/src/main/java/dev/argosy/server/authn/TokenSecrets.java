package dev.argosy.server.authn;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Tending;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.ValueTroubleException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills Secrets of type {@code kubernetes.io/service-account-token} with a token of the account
 * that they name, and deletes those whose account is gone. Two threads follow secrets and accounts,
 * one works; all wait while nothing happens. It may run on every server.
 */
public final class TokenSecrets implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TokenSecrets.class);
  private static final Tending.Crew CREW =
      new Tending.Crew("token-secrets", 1, Duration.ofMillis(500));

  private final ApiClient client;
  private final LegacyTokens tokens;
  private final String authority;
  private final ObjectLookup objects;
  private final ResourceCaches caches;
  private final Tending tending = new Tending(CREW, this::tend);
  private final List<CacheFollower> followers;

  /**
   * @param authority what to verify the API with, as PEM
   */
  public TokenSecrets(
      ApiClient client,
      TokenKeys keys,
      String authority,
      ObjectLookup objects,
      ResourceCaches caches) {
    this.client = client;
    this.tokens = new LegacyTokens(keys);
    this.authority = authority;
    this.objects = objects;
    this.caches = caches;
    this.followers =
        List.of(
            new CacheFollower(caches.of(ServiceAccountNames.SECRETS), new Secrets()),
            new CacheFollower(caches.of(ServiceAccountNames.RESOURCE), new Accounts()));
  }

  /** Begins; does not wait. */
  public void start() {
    followers.forEach(CacheFollower::start);
    tending.start();
  }

  @Override
  public void close() {
    followers.forEach(CacheFollower::close);
    tending.close();
  }

  /** What names an account may be a secret for its token. */
  private final class Secrets implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      for (String cluster : state.clusters()) {
        state.list(cluster, "").forEach(TokenSecrets.this::look);
      }
    }

    @Override
    public void changed(List<CacheEvent> events) {
      for (CacheEvent event : events) {
        if (event.type() != CacheEvent.Type.DELETED) {
          look(event.object());
        }
      }
    }
  }

  /** The end of an account is the end of its tokens. */
  private final class Accounts implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      // the secrets' own first state brings all of them
    }

    @Override
    public void changed(List<CacheEvent> events) {
      for (CacheEvent event : events) {
        if (event.type() == CacheEvent.Type.DELETED) {
          gone(event.object());
        }
      }
    }

    private void gone(ApiObject account) {
      try {
        caches
            .of(ServiceAccountNames.SECRETS)
            .snapshot()
            .list(account.cluster(), account.namespace())
            .forEach(TokenSecrets.this::look);
      } catch (ValueTroubleException e) {
        LOG.warn("tokens of {} are not looked after: {}", account.key(), e.getMessage());
      }
    }
  }

  private void look(ApiObject secret) {
    if (secret.meta().annotations().containsKey(LegacySecret.ACCOUNT)) {
      tending.put(secret.cluster() + "/" + secret.namespace() + "/" + secret.name());
    }
  }

  private boolean tend(String name) {
    String[] parts = name.split("/", 3);
    ObjectKey key = new ObjectKey(ServiceAccountNames.SECRETS, parts[0], parts[1], parts[2]);
    Optional<ApiObject> secret = objects.find(key).filter(found -> !found.meta().deleting());
    return secret.isEmpty() || tend(secret.get());
  }

  private boolean tend(ApiObject secret) {
    ObjectNode tree = secret.tree();
    if (!tree.path("type").asString("").equals(LegacySecret.TYPE)) {
      return true;
    }
    String name = secret.meta().annotations().getOrDefault(LegacySecret.ACCOUNT, "");
    String uid = secret.meta().annotations().getOrDefault(LegacySecret.ACCOUNT_UID, "");
    Optional<ApiObject> account =
        objects.find(ServiceAccountNames.key(secret.cluster(), secret.namespace(), name));
    if (account.isEmpty() || !(uid.isEmpty() || uid.equals(account.get().meta().uid()))) {
      return done(client.delete(secret.key(), DeleteOptions.ofUid(secret.meta().uid())));
    }
    return !fill(tree, account.get(), secret.name()) || done(client.update(secret.key(), tree));
  }

  /** Completes a secret; false if nothing was missing. */
  private boolean fill(ObjectNode secret, ApiObject account, String name) {
    ObjectNode before = secret.deepCopy();
    secret
        .withObject("metadata")
        .withObject("annotations")
        .put(LegacySecret.ACCOUNT_UID, account.meta().uid());
    ObjectNode data = secret.withObject("data");
    data.put("ca.crt", base64(authority));
    data.put("namespace", base64(account.namespace()));
    if (LegacySecret.token(secret).isEmpty()) {
      data.put("token", base64(tokens.make(account, name)));
    }
    return !secret.equals(before);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean done(ApiResult<ApiObject> result) {
    return !result.refusedFor(Reason.CONFLICT);
  }
}
