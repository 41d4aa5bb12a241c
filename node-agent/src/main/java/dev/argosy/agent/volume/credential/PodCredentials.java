package dev.argosy.agent.volume.credential;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.client.ApiClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The credentials of this node's pods, or how far they are. Any thread may enter, for one pod one
 * at a time. Nothing is asked between calls: a pod that waits looks again when it is tried again, a
 * running one with each refresh of its files.
 */
public final class PodCredentials {

  /** So many seconds later at most than a signer says, lest all pods ask at once. */
  private static final int SPREAD = 300;

  private static final Duration OVERDUE = Duration.ofMinutes(10);

  private sealed interface State {}

  /**
   * Asked for.
   *
   * @param renewed since when, and until when the one before lasts; both far off if there is none
   */
  private record Asked(byte[] key, String request, Period renewed) implements State {}

  private record Held(Credential credential, Period period) implements State {}

  private record Refused(String why) implements State {}

  private record Period(Instant refresh, Instant end) {
    static final Period NONE = new Period(Instant.MAX, Instant.MAX);
  }

  private final CredentialRequests requests;
  private final PodEvents events;
  private final Clock clock;
  private final Map<String, State> states = new ConcurrentHashMap<>();

  public PodCredentials(ApiClient api, PodEvents events, Clock clock) {
    this.requests = new CredentialRequests(api);
    this.events = events;
    this.clock = clock;
  }

  /**
   * The credential of a projection.
   *
   * @param place which of the pod's projections, {@code VOLUME/INDEX}
   * @throws ConfigFailure while there is none, or if there will be none; what was given out before
   *     stays good until it ends
   */
  public Credential of(PodView pod, String place, JsonNode projection) throws ConfigFailure {
    String id = pod.uid() + "/" + place;
    State state = next(pod, id, projection);
    states.put(id, state);
    return switch (state) {
      case Held held -> held.credential();
      case Asked(byte[] _, String request, Period _) ->
          throw new ConfigFailure(
              "credential bundle is not issued yet: signer \"%s\" has not answered"
                      .formatted(projection.path("signerName").asString(""))
                  + " PodCertificateRequest \"%s/%s\"".formatted(pod.key().namespace(), request));
      case Refused(String why) -> throw new ConfigFailure(why);
    };
  }

  /** Forgets what a pod has that is gone. */
  public void release(String uid) {
    states.keySet().removeIf(id -> id.startsWith(uid + "/"));
  }

  private State next(PodView pod, String id, JsonNode projection) throws ConfigFailure {
    return switch (states.get(id)) {
      case null -> ask(pod, projection, Period.NONE);
      case Held held ->
          clock.instant().isBefore(held.period().refresh())
              ? held
              : ask(pod, projection, held.period());
      case Asked asked -> {
        Optional<JsonNode> status = requests.status(pod, asked.request());
        yield status.isPresent()
            ? answered(pod, id, asked, status.get())
            : ask(pod, projection, asked.renewed());
      }
      case Refused refused -> refused;
    };
  }

  private Asked ask(PodView pod, JsonNode projection, Period renewed) throws ConfigFailure {
    String kind = projection.path("keyType").asString("");
    KeyKind wanted =
        KeyKind.of(kind)
            .orElseThrow(
                () -> new ConfigFailure("this node makes no keys of type \"" + kind + "\""));
    KeyPair pair = wanted.generate();
    byte[] proof = wanted.prove(pair.getPrivate(), pod.uid());
    String name = requests.make(pod, projection, pair.getPublic(), proof);
    StringBuilder pem = new StringBuilder();
    String encoded = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    PemCertificates.block(pem, "PRIVATE KEY", encoded);
    return new Asked(pem.toString().getBytes(StandardCharsets.US_ASCII), name, renewed);
  }

  private State answered(PodView pod, String id, Asked asked, JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      switch (condition.path("type").asString("")) {
        case "Issued" -> {
          return issued(id, asked.key(), status);
        }
        case "Denied" -> {
          return refused(pod, asked, condition, "Denied", "was denied");
        }
        case "Failed" -> {
          return refused(pod, asked, condition, "Failed", "failed");
        }
        default -> {}
      }
    }
    late(pod, asked.renewed());
    return asked;
  }

  private static Held issued(String id, byte[] key, JsonNode status) {
    String chain =
        PemCertificates.write(PemCertificates.read(status.path("certificateChain").asString("")));
    Instant refresh = Instant.parse(status.path("beginRefreshAt").asString(""));
    Instant end = Instant.parse(status.path("notAfter").asString(""));
    return new Held(
        new Credential(key, chain.getBytes(StandardCharsets.US_ASCII)),
        new Period(refresh.plusSeconds(Math.floorMod(id.hashCode(), SPREAD)), end));
  }

  /** For good: a pod that is to be asked for again is another pod. */
  private Refused refused(
      PodView pod, Asked asked, JsonNode condition, String event, String happened) {
    String why =
        "PodCertificateRequest %s/%s %s, reason=\"%s\", message=\"%s\""
            .formatted(
                pod.key().namespace(),
                asked.request(),
                happened,
                condition.path("reason").asString(""),
                condition.path("message").asString(""));
    events.warning(pod, "", event, why);
    return new Refused(why);
  }

  private void late(PodView pod, Period renewed) {
    Instant now = clock.instant();
    if (now.isAfter(renewed.end())) {
      events.warning(pod, "", "CertificateExpired", "PodCertificate expired");
    } else if (!renewed.equals(Period.NONE) && now.isAfter(renewed.refresh().plus(OVERDUE))) {
      events.warning(pod, "", "CertificateOverdueForRefresh", "PodCertificate refresh overdue");
    }
  }
}
