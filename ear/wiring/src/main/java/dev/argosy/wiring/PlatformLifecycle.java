package dev.argosy.wiring;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the platform's life to the application's. Starting goes on in a thread of its own and is
 * tried again until it works, so that a database or etcd that comes up late delays only readiness.
 */
@ApplicationScoped
public class PlatformLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PlatformLifecycle.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Platform platform;
  private @Nullable Thread starter;

  synchronized void start(@Observes Startup event) {
    if (starter != null) {
      return; // every module of the application announces its start
    }
    starter = new Thread(this::startUntilItWorks, "argosy-start");
    starter.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    starter.start();
  }

  void stop(@Observes Shutdown event) throws InterruptedException {
    stopping.countDown();
    Thread running = starter;
    if (running != null) {
      running.join(Duration.ofSeconds(20));
    }
    Platform started = platform;
    platform = null;
    if (started != null) {
      started.close();
    }
  }

  /** The platform once it runs. */
  Optional<Platform> platform() {
    return Optional.ofNullable(platform);
  }

  /**
   * The platform.
   *
   * @throws dev.argosy.model.status.StatusException ServiceUnavailable while it does not run
   */
  Platform running() {
    return platform()
        .orElseThrow(
            () -> Status.of(Reason.SERVICE_UNAVAILABLE, "the platform is starting").asException());
  }

  private void startUntilItWorks() {
    try {
      do {
        try {
          platform = Platform.start(PlatformConfig.of(Settings.of(System.getProperties())));
          LOG.info("Argosy is ready");
          return;
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          LOG.error("Argosy cannot start yet; the next try follows in {}", PAUSE, e);
        }
      } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
