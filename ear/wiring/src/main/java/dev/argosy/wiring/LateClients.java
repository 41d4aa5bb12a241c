package dev.argosy.wiring;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Clients for those parts of the API server that themselves call the API (streaming looks up pods):
 * they must exist before it does.
 */
final class LateClients implements ApiClients {

  private final AtomicReference<@Nullable ApiClients> clients = new AtomicReference<>();

  void arrive(ApiClients real) {
    clients.set(real);
  }

  @Override
  public ApiClient as(UserInfo user) {
    ApiClients real = clients.get();
    if (real == null) {
      throw Status.of(Reason.SERVICE_UNAVAILABLE, "the API server is starting").asException();
    }
    return real.as(user);
  }
}
