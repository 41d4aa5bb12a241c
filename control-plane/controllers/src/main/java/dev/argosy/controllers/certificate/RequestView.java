package dev.argosy.controllers.certificate;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A CertificateSigningRequest or PodCertificateRequest.
 *
 * @param end when it has served its time
 */
record RequestView(ObjectKey key, String uid, boolean deleting, Instant end) {

  /** How long a request is kept that somebody has decided on, or nobody could sign. */
  static final Duration DECIDED = Duration.ofHours(1);

  /** How long one waits for a decision. */
  static final Duration PENDING = Duration.ofHours(24);

  /** How long a request for a pod is kept, whatever became of it. */
  static final Duration OF_POD = Duration.ofMinutes(15);

  static final InformerSpec<RequestView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(Kinds.CERTIFICATE_REQUESTS), RequestView::of);

  static final InformerSpec<RequestView> OF_PODS =
      InformerSpec.of(ResourceScope.everywhere(Kinds.POD_CERTIFICATE_REQUESTS), RequestView::ofPod);

  private static RequestView ofPod(ApiObject object) {
    return new RequestView(
        object.key(), object.meta().uid(), object.meta().deleting(), created(object).plus(OF_POD));
  }

  private static Instant created(ApiObject object) {
    return Objects.requireNonNullElse(object.meta().creationTimestamp(), Instant.EPOCH);
  }

  static RequestView of(ApiObject object) {
    JsonNode status = object.content().path("status");
    Instant created = created(object);
    Optional<Instant> decided =
        Condition.read(status).stream()
            .filter(c -> c.status().equals("True"))
            .filter(c -> Stream.of("Approved", "Denied", "Failed").anyMatch(c.type()::equals))
            .map(c -> c.updated().isEmpty() ? created : Instant.parse(c.updated()))
            .min(Instant::compareTo);
    Instant end = decided.map(at -> at.plus(DECIDED)).orElseGet(() -> created.plus(PENDING));
    Instant least =
        expiry(status.path("certificate").asString(""))
            .filter(expires -> expires.isBefore(end))
            .orElse(end);
    return new RequestView(object.key(), object.meta().uid(), object.meta().deleting(), least);
  }

  /** When the certificate that was issued ends; empty if there is none that can be read. */
  private static Optional<Instant> expiry(String certificate) {
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] pem = Base64.getDecoder().decode(certificate);
      return CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem))
              instanceof X509Certificate issued
          ? Optional.of(issued.getNotAfter().toInstant())
          : Optional.empty();
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
