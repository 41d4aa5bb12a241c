package dev.argosy.server.tenant.serviceclient;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.follow.Tending;
import dev.argosy.server.keycloak.KeycloakClients.Made;
import dev.argosy.server.keycloak.ProviderTroubleException;
import dev.argosy.server.keycloak.ProviderTroubleException.Kind;
import dev.argosy.tenancy.member.ServiceClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has the provider's clients and the Members be as the service clients say. Reconciles by name;
 * everything it does is safe to do twice, so it runs on every server. What is at the provider is
 * looked at again every hour, and at each start.
 */
public final class ServiceClientController implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceClientController.class);
  private static final Tending.Crew CREW =
      new Tending.Crew("service-clients", 2, Duration.ofSeconds(1));
  private static final Duration LOOK_AGAIN = Duration.ofHours(1);
  private static final Duration AWAY = Duration.ofSeconds(2);
  private static final Duration REFUSED = Duration.ofSeconds(10);
  private static final String NO_PROVIDER = "NoProvider";

  private final ApiClient client;
  private final ClientMember members;
  private final Optional<Provider> provider;
  private final ClusterDirectory clusters;
  private final Clock clock;
  private final Tending tending = new Tending(CREW, this::reconcile);
  private final ClientWatch watch;

  /**
   * Where tenants are, and who tells what changes.
   *
   * @param watch tells names to its argument once it is started
   */
  public record Surroundings(ClusterDirectory clusters, ClientWatch.Source watch, Clock clock) {}

  /**
   * Begins nothing yet.
   *
   * @param client as {@link dev.argosy.server.access.PlatformLoops#SERVICE_CLIENTS}
   * @param provider empty if the platform makes no clients
   */
  public ServiceClientController(
      ApiClient client, Optional<Provider> provider, Surroundings surroundings) {
    this.client = client;
    this.members = new ClientMember(client);
    this.provider = provider;
    this.clusters = surroundings.clusters();
    this.clock = surroundings.clock();
    this.watch = new ClientWatch(surroundings.watch(), clusters, tending::put);
  }

  /** Begins; does not wait. */
  public void start() {
    watch.start();
    tending.start();
  }

  @Override
  public void close() {
    watch.close();
    tending.close();
  }

  /** Does what one needs now; false if it must be looked at again. */
  private boolean reconcile(String name) {
    try {
      Optional<ApiObject> found = client.get(ServiceClientKind.key(name)).orAbsent();
      if (found.isEmpty()) {
        return true;
      }
      return found.get().meta().deleting() ? end(found.get()) : serve(found.get());
    } catch (StatusException e) {
      if (e.status().reason() != Reason.CONFLICT) {
        LOG.info("service client {}: {}", name, e.status().message());
      }
      return false;
    }
  }

  private boolean serve(ApiObject found) {
    ServiceClient wanted = ServiceClient.of(found.tree());
    if (provider.isEmpty()) {
      write(status(found.tree()).ready(false, NO_PROVIDER, Provider.NONE));
      return true;
    }
    // said before anything is made, so that a deletion knows where there may be something
    ClientStatus begun = status(found.tree()).at(provider.get());
    if (begun.changed()) {
      begun.ready(false, ClientStatus.PENDING, "the identity provider is being asked");
    }
    ObjectNode object = write(begun);
    try {
      return serve(wanted, object, provider.get());
    } catch (ProviderTroubleException e) {
      return trouble(object, e, String.valueOf(e.getMessage()));
    }
  }

  private boolean serve(ServiceClient wanted, ObjectNode object, Provider at) {
    Standing standing = Standing.of(wanted, phase(wanted), clock.instant());
    Made made = at.ensure(wanted, standing == Standing.READY);
    if (made.fresh() && gone(wanted)) {
      at.remove(wanted); // another server had deleted it already, and will not come back
      return true;
    }
    String user = at.user(made);
    Optional<String> refused =
        standing == Standing.EXPIRED ? Optional.empty() : members.ensure(wanted, user);
    ClientStatus status = status(object).as(user, wanted.member());
    if (refused.isPresent()) {
      status.ready(false, "RoleRefused", refused.get());
    } else {
      status.ready(standing == Standing.READY, standing.reason(), standing.message());
    }
    write(status);
    tending.putIn(wanted.name(), next(wanted));
    return true;
  }

  private Phase phase(ServiceClient wanted) {
    return clusters
        .find(wanted.place().tenant())
        .map(LogicalCluster::phase)
        .orElse(Phase.TERMINATING);
  }

  private boolean gone(ServiceClient wanted) {
    return client
        .get(ServiceClientKind.key(wanted.name()))
        .orAbsent()
        .filter(now -> now.meta().uid().equals(wanted.uid()) && !now.meta().deleting())
        .isEmpty();
  }

  /** When it must be looked at again, though nothing is written. */
  private Duration next(ServiceClient wanted) {
    Instant now = clock.instant();
    return wanted
        .place()
        .term()
        .expiresAt()
        .filter(end -> end.isAfter(now) && end.isBefore(now.plus(LOOK_AGAIN)))
        .map(end -> Duration.between(now, end))
        .orElse(LOOK_AGAIN);
  }

  /** Takes the role first, for which nobody else is needed. */
  private boolean end(ApiObject found) {
    ObjectNode object = found.tree();
    ServiceClient ending = ServiceClient.of(object);
    members.remove(ending);
    if (!found.meta().finalizers().contains(ServiceClientKind.FINALIZER)) {
      return true;
    }
    if (provider.isPresent()) {
      try {
        provider.get().remove(ending);
      } catch (ProviderTroubleException e) {
        String why = e.getMessage() + "; it has no rights any more, and goes when that is mended";
        return trouble(object, e, why);
      }
    } else if (ClientStatus.begun(object)) {
      String why = "its client at " + object.at("/status/issuer").asString("") + " cannot be";
      write(status(object).ready(false, NO_PROVIDER, why + " deleted: " + Provider.NONE));
      return true;
    }
    ArrayNode rest = object.withObject("metadata").putArray("finalizers");
    found.meta().finalizers().stream()
        .filter(one -> !one.equals(ServiceClientKind.FINALIZER))
        .forEach(rest::add);
    client.update(found.key(), object).orThrow();
    return true;
  }

  /** Says it, and tries again without hurry: there may be many, and they wait for one. */
  private boolean trouble(ObjectNode object, ProviderTroubleException trouble, String message) {
    ClientStatus status = status(object).ready(false, trouble.kind().reason(), message);
    String name = object.path("metadata").path("name").asString("");
    if (status.changed()) {
      LOG.info("service client {}: {}", name, message);
      write(status);
    }
    tending.putIn(name, trouble.kind() == Kind.AWAY ? AWAY : REFUSED);
    return true;
  }

  private ClientStatus status(ObjectNode object) {
    return new ClientStatus(object, clock);
  }

  /** The object as it is after that. */
  private ObjectNode write(ClientStatus status) {
    ObjectNode object = status.object();
    if (!status.changed()) {
      return object;
    }
    String name = object.path("metadata").path("name").asString("");
    return client.updateStatus(ServiceClientKind.key(name), object).orThrow().tree();
  }
}
