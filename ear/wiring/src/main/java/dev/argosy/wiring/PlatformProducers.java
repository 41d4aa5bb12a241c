package dev.argosy.wiring;

import dev.argosy.model.client.ApiClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Offers the platform to the application's web modules. */
@ApplicationScoped
public class PlatformProducers {

  /** Answers 503 while the platform is not up. */
  @Produces
  @ApplicationScoped
  ApiClients clients(PlatformLifecycle lifecycle) {
    return user -> lifecycle.running().clients().as(user);
  }
}
