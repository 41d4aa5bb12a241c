package dev.argosy.server.audit;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The audit of one request: collects what its steps say, and sends an event at each stage that the
 * policy wants. Belongs to the request's thread.
 */
public final class AuditContext implements AuditNotes {

  /** Longer bodies are left out, and the event says so. */
  private static final int MAX_BODY = 256 * 1024;

  private static final String TRUNCATED = "audit.k8s.io/truncated";

  /** Of a request that nobody listens to. */
  public static final AuditContext NONE = new AuditContext(null, null, AuditPolicy.Decision.NONE);

  private final @Nullable Auditor auditor;
  private final @Nullable AuditRequest request;
  private AuditPolicy.Decision decision;
  private @Nullable Map<String, String> annotations;
  private @Nullable UserInfo impersonated;
  private SentNames sent = SentNames.NONE;
  private byte @Nullable [] requestBody;
  private byte @Nullable [] responseBody;
  private boolean started;

  AuditContext(
      @Nullable Auditor auditor, @Nullable AuditRequest request, AuditPolicy.Decision decision) {
    this.auditor = auditor;
    this.request = request;
    this.decision = decision;
  }

  @Override
  public boolean heard(AuditLevel level) {
    return level != AuditLevel.NONE && decision.level().covers(level);
  }

  @Override
  public void note(String key, String value) {
    if (heard(AuditLevel.METADATA)) {
      if (annotations == null) {
        annotations = new HashMap<>();
      }
      annotations.putIfAbsent(key, value);
    }
  }

  @Override
  public void mark(Map<String, String> annotations) {
    if (!annotations.isEmpty() && !heard(AuditLevel.METADATA)) {
      decision = AuditPolicy.Decision.MARKED;
    }
    annotations.forEach(this::note);
  }

  @Override
  public Optional<Sender> sender() {
    return Optional.ofNullable(request)
        .map(r -> new Sender(r.id(), r.attributes().user().name(), r.attributes().verb()));
  }

  /** The sender acts as somebody else. */
  public void actingAs(UserInfo user) {
    impersonated = user;
  }

  /** What the client sent; made into bytes only if it is to be kept. */
  public void requested(JsonNode body) {
    if (request != null && heard(AuditLevel.METADATA)) {
      sent = SentNames.of(request.attributes().verb(), body);
    }
    if (heard(AuditLevel.REQUEST)) {
      requestBody = bounded(Json.mapper().writeValueAsBytes(body));
    }
  }

  /** What the client gets; made only if it is to be kept. */
  public void answered(Supplier<byte[]> json) {
    if (heard(AuditLevel.REQUEST_RESPONSE)) {
      responseBody = bounded(json.get());
    }
  }

  private byte @Nullable [] bounded(byte[] body) {
    if (body.length > MAX_BODY) {
      note(TRUNCATED, "true");
      return null;
    }
    return body.length == 0 ? null : body;
  }

  void received() {
    send(AuditStage.REQUEST_RECEIVED, new AuditEvent.Outcome(0, null));
  }

  /** The answer of a long-running request begins. */
  public void started(int code) {
    started = true;
    send(AuditStage.RESPONSE_STARTED, new AuditEvent.Outcome(code, null));
  }

  /**
   * The answer is complete.
   *
   * @param lasted whether the request was a long-running one
   */
  public void complete(int code, @Nullable Status refusal, boolean lasted) {
    AuditEvent.Outcome outcome = new AuditEvent.Outcome(code, refusal);
    if (lasted && !started) {
      send(AuditStage.RESPONSE_STARTED, outcome);
    }
    send(AuditStage.RESPONSE_COMPLETE, outcome);
  }

  /** It failed unforeseen. */
  public void panicked(Status told) {
    send(AuditStage.PANIC, new AuditEvent.Outcome(told.code(), told));
  }

  private void send(AuditStage stage, AuditEvent.Outcome outcome) {
    if (auditor == null || request == null || decision.omits(stage)) {
      return;
    }
    auditor.send(
        new AuditEvent(
            decision.level(),
            stage,
            auditor.now(),
            request,
            impersonated,
            outcome,
            new AuditEvent.Bodies(sent, requestBody, responseBody, decision.withoutManagedFields()),
            annotations == null ? Map.of() : annotations));
  }
}
