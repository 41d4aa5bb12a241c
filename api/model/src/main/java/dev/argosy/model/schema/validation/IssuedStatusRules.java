package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a signer answers to a pod's certificate request: issued, denied or failed, for good. */
final class IssuedStatusRules {

  private static final List<String> ANSWERS = List.of("Issued", "Denied", "Failed");
  private static final int MOST_BYTES = 100 * 1024;
  private static final Duration MARGIN = Duration.ofMinutes(10);
  private static final Path STATUS = Path.of("status");
  private static final Path CHAIN = STATUS.child("certificateChain");

  private final Checks checks;

  IssuedStatusRules(Checks checks) {
    this.checks = checks;
  }

  void validate(ObjectNode object, ObjectNode old) {
    JsonNode status = object.path("status");
    conditions(status.path("conditions"));
    if (!checks.clean()) {
      return;
    }
    boolean same = status.equals(old.path("status"));
    String answer = answer(status);
    if (!answer(old.path("status")).isEmpty()) {
      require(same, "immutable after PodCertificateRequest is issued, denied, or failed");
    } else if (answer.equals("Issued")) {
      issued(status, object.path("spec"));
    } else if (!answer.isEmpty()) {
      require(
          status.propertyNames().stream().allMatch("conditions"::equals),
          "non-condition status fields must be empty when denying or failing the"
              + " PodCertificateRequest");
    } else {
      require(
          same,
          "status is immutable unless transitioning to \"Issued\", \"Denied\", or \"Failed\"");
    }
  }

  private void require(boolean fulfilled, String detail) {
    if (!fulfilled) {
      checks.invalid(STATUS, detail);
    }
  }

  private static String answer(JsonNode status) {
    JsonNode first = status.path("conditions").path(0);
    return first.path("type").asString("");
  }

  private void conditions(JsonNode conditions) {
    Path path = STATUS.child("conditions");
    for (int i = 0; i < conditions.size(); i++) {
      String type = conditions.get(i).path("type").asString("");
      if (!ANSWERS.contains(type)) {
        checks.notSupported(path.at(i).child("type"), type, ANSWERS);
      } else if (i > 0) {
        checks.invalid(
            path.at(i).child("type"),
            type,
            "There may be at most one condition with type \"Issued\", \"Denied\", or \"Failed\"");
      }
      String value = conditions.get(i).path("status").asString("");
      if (!value.equals("True")) {
        checks.notSupported(path.at(i).child("status"), value, List.of("True"));
      }
    }
    ConditionRules.validate(conditions, path, checks);
  }

  private void issued(JsonNode status, JsonNode spec) {
    String chain = status.path("certificateChain").asString("");
    if (chain.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      checks.tooLong(CHAIN, MOST_BYTES);
      return;
    }
    Optional<X509Certificate> leaf = leaf(chain);
    if (leaf.isEmpty()) {
      return;
    }
    byte[] key = PodCertificateRules.bytes(spec.path("pkixPublicKey"));
    if (!Arrays.equals(leaf.get().getPublicKey().getEncoded(), key)) {
      wrongChain("leaf certificate was not issued to the requested public key");
      return;
    }
    times(status, leaf.get(), spec.path("maxExpirationSeconds").asLong(0));
  }

  /** The first certificate of a chain of nothing but certificates. */
  private Optional<X509Certificate> leaf(String chain) {
    List<PemText.Block> blocks = PemText.blocks(chain);
    if (blocks.isEmpty()) {
      wrongChain("issued certificate chain must contain at least one certificate");
      return Optional.empty();
    }
    for (int i = 0; i < blocks.size(); i++) {
      if (!blocks.get(i).type().equals("CERTIFICATE")) {
        wrongChain("issued certificate chain must consist entirely of CERTIFICATE PEM blocks");
        return Optional.empty();
      }
      if (blocks.get(i).certificate().isEmpty()) {
        wrongChain(
            (i == 0 ? "leaf" : "intermediate") + " certificate does not parse as valid X.509");
        return Optional.empty();
      }
    }
    return blocks.getFirst().certificate();
  }

  private void wrongChain(String detail) {
    checks.invalid(CHAIN, detail);
  }

  private void times(JsonNode status, X509Certificate leaf, long most) {
    Instant from = leaf.getNotBefore().toInstant();
    Instant until = leaf.getNotAfter().toInstant();
    as("notBefore", "NotBefore", status, from);
    as("notAfter", "NotAfter", status, until);
    Duration lifetime = Duration.between(from, until);
    if (lifetime.compareTo(Duration.ofHours(1)) < 0) {
      wrongChain("leaf certificate lifetime must be >= 1 hour");
    } else if (lifetime.compareTo(Duration.ofSeconds(most)) > 0) {
      wrongChain("leaf certificate lifetime must be <= spec.maxExpirationSeconds (" + most + ")");
    }
    Path path = STATUS.child("beginRefreshAt");
    Optional<Instant> refresh = time(status.path("beginRefreshAt"));
    if (refresh.isEmpty()) {
      checks.required(path, "must be present and in the range [notbefore+10min, notafter-10min]");
    } else if (refresh.get().isBefore(from.plus(MARGIN))) {
      checks.invalid(
          path,
          status.path("beginRefreshAt"),
          "must be at least 10 minutes after status.notBefore");
    } else if (refresh.get().isAfter(until.minus(MARGIN))) {
      checks.invalid(
          path,
          status.path("beginRefreshAt"),
          "must be at least 10 minutes before status.notAfter");
    }
  }

  private void as(String field, String ofCertificate, JsonNode status, Instant wanted) {
    Optional<Instant> time = time(status.path(field));
    if (time.isEmpty()) {
      checks.required(
          STATUS.child(field), "must be present and consistent with the issued certificate");
    } else if (!time.get().equals(wanted)) {
      checks.invalid(
          STATUS.child(field),
          status.path(field),
          "must be set to the " + ofCertificate + " time encoded in the leaf certificate");
    }
  }

  private static Optional<Instant> time(JsonNode text) {
    try {
      return text.isString()
          ? Optional.of(OffsetDateTime.parse(text.asString("")).toInstant())
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
