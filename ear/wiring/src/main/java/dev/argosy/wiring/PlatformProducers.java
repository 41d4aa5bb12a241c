package dev.argosy.wiring;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.Fence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Offers the platform to the application's web modules. */
@ApplicationScoped
public class PlatformProducers {

  /** Answers 503 while the platform is not up. */
  @Produces
  @ApplicationScoped
  ApiClients clients(PlatformLifecycle lifecycle) {
    return new OfRunning(lifecycle);
  }

  private record OfRunning(PlatformLifecycle lifecycle) implements ApiClients {
    @Override
    public ApiClient as(UserInfo user) {
      return lifecycle.running().clients().as(user);
    }

    @Override
    public ApiClients behind(Fence fence) {
      return lifecycle.running().clients().behind(fence);
    }
  }
}
