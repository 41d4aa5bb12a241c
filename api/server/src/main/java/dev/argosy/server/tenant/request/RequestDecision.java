package dev.argosy.server.tenant.request;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.registry.PostHandler;
import dev.argosy.server.registry.Subject;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.tenant.Tenant;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Approves or denies a request ({@code POST tenantrequests/NAME/approval}); answers the request.
 * The first decision counts: the same again changes nothing, another one is a conflict.
 */
public final class RequestDecision implements PostHandler {

  private static final int ATTEMPTS = 5;
  private static final int LONGEST_MESSAGE = 1024;

  private final ResourceStore store;
  private final Clock clock;

  /**
   * @param store of the platform's own kinds
   */
  public RequestDecision(ResourceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What was decided, by whom and why. */
  private record Decided(RequestState state, String message, String by) {}

  @Override
  public ObjectNode post(Subject subject, ObjectNode body) {
    String name = subject.name();
    requireSameName(name, body);
    Decided decided = read(subject, body.path("spec"));
    ObjectKey key = TenantRequest.key(name);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      StoredValue value =
          store
              .get(key)
              .orElseThrow(() -> Status.notFound(TenantRequest.RESOURCE, name).asException());
      ObjectNode request = Json.parse(value.value());
      if (decided.state.holds(request)) {
        return ApiObject.ofStored(key, value.revision(), value.value()).tree();
      }
      byte[] written = Json.canonical(decide(request, decided));
      if (subject.dryRun()) {
        return ApiObject.ofStored(key, value.revision(), written).tree();
      }
      if (store.commit(List.of(new Change.Update(key, value.revision(), written)))
          instanceof CommitResult.Committed(long revision)) {
        return ApiObject.ofStored(key, revision, written).tree();
      }
    }
    throw Status.stale(TenantRequest.RESOURCE, name).asException();
  }

  private static void requireSameName(String name, ObjectNode body) {
    String named = body.path("metadata").path("name").asString("");
    if (!named.isEmpty() && !named.equals(name)) {
      throw Status.badRequest(
              "the name of the object ("
                  + named
                  + ") does not match the name on the URL ("
                  + name
                  + ")")
          .asException();
    }
  }

  private static Decided read(Subject subject, JsonNode spec) {
    String word = spec.path("decision").asString("");
    String message = spec.path("message").asString("");
    boolean denied = word.equals(RequestState.DENIED.condition());
    if (!denied && !word.equals(RequestState.APPROVED.condition())) {
      throw invalid(
          subject.name(),
          new Cause(
              "FieldValueNotSupported",
              "Unsupported value: \"" + word + "\": supported values: \"Approved\", \"Denied\"",
              "spec.decision"));
    }
    if (denied && message.isBlank()) {
      throw invalid(
          subject.name(),
          new Cause("FieldValueRequired", "Required value: say why it is denied", "spec.message"));
    }
    if (message.length() > LONGEST_MESSAGE) {
      throw invalid(
          subject.name(),
          new Cause(
              "FieldValueTooLong",
              "Too long: may not be more than " + LONGEST_MESSAGE + " bytes",
              "spec.message"));
    }
    return new Decided(
        denied ? RequestState.DENIED : RequestState.APPROVED, message, subject.user().name());
  }

  private static StatusException invalid(String name, Cause cause) {
    return Status.invalid(Tenant.RESOURCE.group(), "TenantDecision", name, List.of(cause))
        .asException();
  }

  private ObjectNode decide(ObjectNode request, Decided decided) {
    if (RequestState.decided(request)) {
      String by = request.path("status").path("decidedBy").asString("");
      String other = RequestState.DENIED.holds(request) ? "denied" : "approved";
      throw Status.conflict(
              TenantRequest.RESOURCE,
              TenantRequest.of(request).name(),
              "it was " + other + " by " + by + " already")
          .asException();
    }
    decided.state.enter(request, "DecidedByHand", decided.message, clock);
    request.withObject("status").put("decidedBy", decided.by);
    return request;
  }
}
