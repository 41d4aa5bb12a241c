package dev.argosy.server.tenant.serviceclient;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.keycloak.ProviderTroubleException;
import dev.argosy.server.registry.PostHandler;
import dev.argosy.server.registry.Subject;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.member.ServiceClient;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a service client a new secret and shows it, this once ({@code POST
 * serviceclients/NAME/credentials}). Nothing of it is kept.
 */
public final class CredentialsHandler implements PostHandler {

  private static final int SOON = 2;

  private final ResourceStore store;
  private final Optional<Provider> provider;
  private final ClusterDirectory clusters;
  private final Clock clock;

  /**
   * @param store of the platform's own kinds
   * @param provider empty if the platform makes no clients
   */
  public CredentialsHandler(
      ResourceStore store, Optional<Provider> provider, ClusterDirectory clusters, Clock clock) {
    this.store = store;
    this.provider = provider;
    this.clusters = clusters;
    this.clock = clock;
  }

  @Override
  public ObjectNode post(Subject subject, ObjectNode body) {
    String name = subject.name();
    ObjectKey key = ServiceClientKind.key(name);
    JsonNode object =
        store
            .get(key)
            .map(value -> Json.parse(value.value()))
            .orElseThrow(() -> Status.notFound(ServiceClient.RESOURCE, name).asException());
    Provider at = provider.orElseThrow(() -> conflict(name, Provider.NONE));
    ServiceClient client = ServiceClient.of(object);
    requireGood(client, object);
    ObjectNode answer = answer(client, at);
    if (!subject.dryRun()) {
      answer.withObject("status").put("clientSecret", rotate(client, at));
    }
    return answer;
  }

  private void requireGood(ServiceClient client, JsonNode object) {
    String name = client.name();
    if (object.path("metadata").has("deletionTimestamp")) {
      throw conflict(name, "it is being deleted");
    }
    Phase phase =
        clusters.find(client.place().tenant()).map(LogicalCluster::phase).orElse(Phase.TERMINATING);
    Standing standing = Standing.of(client, phase, clock.instant());
    if (standing != Standing.READY) {
      throw conflict(name, standing.message());
    }
    if (!ClientStatus.isReady(object)) {
      String why = ClientStatus.ready(object).path("message").asString("it is being made");
      throw later(name + " is not ready: " + why);
    }
  }

  private static String rotate(ServiceClient client, Provider at) {
    try {
      return at.rotate(client)
          .orElseThrow(() -> later("the identity provider has no client " + client.clientId()));
    } catch (ProviderTroubleException e) {
      throw later(String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode answer(ServiceClient client, Provider at) {
    ObjectNode answer = Json.object();
    answer
        .put("apiVersion", ServiceClient.RESOURCE.group() + "/v1")
        .put("kind", "ServiceClientCredentials");
    answer.putObject("metadata").put("name", client.name());
    answer
        .putObject("status")
        .put("clientId", client.clientId())
        .put("issuer", at.issuer())
        .put("tokenEndpoint", at.tokenEndpoint());
    return answer;
  }

  private static StatusException conflict(String name, String why) {
    return Status.conflict(ServiceClient.RESOURCE, name, why).asException();
  }

  private static StatusException later(String why) {
    return Status.of(Reason.SERVICE_UNAVAILABLE, why).withRetryAfter(SOON).asException();
  }
}
