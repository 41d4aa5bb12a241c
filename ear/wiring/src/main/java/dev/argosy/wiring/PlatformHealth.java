package dev.argosy.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells balancers and {@code ops/up} whether this server takes requests. */
@ApplicationScoped
public class PlatformHealth {

  @Produces
  @Readiness
  HealthCheck platform(PlatformLifecycle lifecycle) {
    return () ->
        HealthCheckResponse.named("platform").status(lifecycle.platform().isPresent()).build();
  }
}
