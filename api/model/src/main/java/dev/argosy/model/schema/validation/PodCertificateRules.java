package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests of nodes for certificates of their pods ({@code PodCertificateRequest}). Nothing of a
 * request changes but its status, and that once.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#pod-certificate-requests">Kubernetes:
 *     Pod certificate requests</a>
 */
final class PodCertificateRules implements KindRules {

  static final int SHORTEST = 3600;
  private static final int A_DAY = 86_400;
  private static final int LONGEST = 91 * A_DAY;
  private static final int MOST_BYTES = 10 * 1024;
  private static final int LONGEST_UID = 128;
  private static final Path SPEC = Path.of("spec");
  private static final Path PROOF = SPEC.child("proofOfPossession");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String signer = spec.path("signerName").asString("");
    SigningRequestRules.signer(signer, SPEC.child("signerName"), checks);
    annotations(
        spec.path("unverifiedUserAnnotations"), SPEC.child("unverifiedUserAnnotations"), checks);
    for (String who : List.of("pod", "serviceAccount", "node")) {
      who(spec, who, checks);
    }
    JsonNode seconds = spec.path("maxExpirationSeconds");
    Path path = SPEC.child("maxExpirationSeconds");
    if (!seconds.isNumber()) {
      checks.required(path, "must be set");
      return;
    }
    seconds(seconds, signer, "must be in the range [%d, %d]", path, checks);
    key(spec, checks);
  }

  /** Checks for how long a certificate is to last. */
  static void seconds(JsonNode seconds, String signer, String words, Path path, Checks checks) {
    int longest = ofKubernetes(signer) ? A_DAY : LONGEST;
    if (seconds.asLong(0) < SHORTEST || seconds.asLong(0) > longest) {
      checks.invalid(path, seconds, words.formatted(SHORTEST, longest));
    }
  }

  private static boolean ofKubernetes(String signer) {
    int slash = signer.indexOf('/');
    String host = slash < 0 ? signer : signer.substring(0, slash);
    return host.equals("kubernetes.io") || host.endsWith(".kubernetes.io");
  }

  /** What signers are told besides, by names of their own. */
  static void annotations(JsonNode annotations, Path path, Checks checks) {
    MetadataRules.annotations(annotations, path, checks);
    for (String key : annotations.propertyNames()) {
      if (key.indexOf('/') < 0) {
        checks.invalid(path, key, "must be a domain-prefixed key (such as \"acme.io/foo\")");
      }
    }
  }

  private static void who(JsonNode spec, String who, Checks checks) {
    String name = spec.path(who + "Name").asString("");
    checks.invalidAll(SPEC.child(who + "Name"), name, NameRules.dnsSubdomain(name));
    String uid = spec.path(who + "UID").asString("");
    Path path = SPEC.child(who + "UID");
    if (uid.isEmpty()) {
      checks.invalid(path, uid, "must not be empty");
    } else if (uid.length() > LONGEST_UID) {
      checks.tooLong(path, LONGEST_UID);
    }
  }

  private static void key(JsonNode spec, Checks checks) {
    Path path = SPEC.child("pkixPublicKey");
    byte[] encoded = bytes(spec.path("pkixPublicKey"));
    byte[] proof = bytes(spec.path("proofOfPossession"));
    if (encoded.length > MOST_BYTES) {
      checks.tooLong(path, MOST_BYTES);
      return;
    }
    if (proof.length > MOST_BYTES) {
      checks.tooLong(PROOF, MOST_BYTES);
      return;
    }
    Optional<PublicKey> key = KeyProof.key(encoded);
    if (key.isEmpty()) {
      checks.invalid(
          path, spec.path("pkixPublicKey"), "must be a valid PKIX-serialized public key");
      return;
    }
    String size = KeyProof.size(key.get());
    if (!size.isEmpty()) {
      checks.invalid(path, key.get().getAlgorithm() + " key", size);
    } else if (!KeyProof.holds(key.get(), proof, spec.path("podUID").asString(""))) {
      checks.invalid(PROOF, "could not verify proof-of-possession signature");
    }
  }

  static byte[] bytes(JsonNode base64) {
    try {
      return Base64.getDecoder().decode(base64.asString(""));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  @Override
  public void validateChanged(ObjectNode object, ObjectNode old, Checks checks) {}

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (!object.path("spec").equals(old.path("spec"))) {
      checks.immutable(SPEC, object.path("spec"));
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    new IssuedStatusRules(checks).validate(object, old);
  }
}
