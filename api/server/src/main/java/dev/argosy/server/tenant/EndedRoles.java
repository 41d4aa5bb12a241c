package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.breakglass.BreakGlass;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.Term;
import dev.argosy.tenancy.role.AccessGrant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes members and grants a day after they ended, and access that was taken in an emergency some
 * months after, so that people can see until then that they did. They stopped counting when they
 * ended; nothing waits for this. One thread, which looks every ten minutes; any number of servers
 * may do it at a time.
 */
public final class EndedRoles implements AutoCloseable {

  static final Duration KEPT = Duration.ofDays(1);

  /** Access that was taken in an emergency is looked into afterwards. */
  static final Duration EMERGENCIES_KEPT = Duration.ofDays(90);

  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(EndedRoles.class);

  private final ApiClient client;
  private final Clock clock;
  private final Runnable besides;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;

  /**
   * @param besides is run each time, too
   */
  public EndedRoles(ApiClient client, Clock clock, Runnable besides) {
    this.client = client;
    this.clock = clock;
    this.besides = besides;
  }

  /** Begins; does not wait. */
  public void start() {
    thread = Thread.ofVirtual().name("ended-roles").start(this::run);
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
      LOG.warn("ended roles could not be removed, trying again", e);
    }
  }

  /** Removes what ended long enough ago. */
  void clear() {
    clear(Member.RESOURCE, KEPT);
    clear(AccessGrant.RESOURCE, KEPT);
    clear(BreakGlass.RESOURCE, EMERGENCIES_KEPT);
    besides.run();
  }

  private void clear(GroupResource resource, Duration kept) {
    Instant before = clock.instant().minus(kept);
    ResourceScope all = ResourceScope.cluster(resource, ClusterDirectory.ROOT);
    for (ApiObject object : client.list(all, ListOptions.EVERYTHING).orThrow().items()) {
      if (ended(object, before)) {
        remove(object);
      }
    }
  }

  private static boolean ended(ApiObject object, Instant before) {
    try {
      return Term.of(object.tree().path("spec")).over(before);
    } catch (IllegalArgumentException e) {
      return false; // gives no rights either
    }
  }

  /** This very state: whoever changed it meanwhile wants it. */
  private void remove(ApiObject object) {
    DeleteOptions options =
        new DeleteOptions(null, null, object.meta().uid(), Long.toString(object.revision()));
    if (client.delete(object.key(), options) instanceof ApiResult.Refused<ApiObject>(var status)) {
      LOG.debug("{} stays: {}", object.key(), status.message());
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
