package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Projections of what pods prove who they are with, and whom they trust.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/projected-volumes/">Kubernetes:
 *     Projected volumes</a>
 */
final class CertificateSources {

  private static final List<String> KEY_TYPES =
      List.of("RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519");

  private final Checks checks;
  private final Path sources;
  private final Set<String> paths = new HashSet<>();

  private CertificateSources(Path sources, Checks checks) {
    this.checks = checks;
    this.sources = sources;
  }

  /** Checks those among the sources of a projected volume. */
  static void validate(JsonNode sources, Path path, Checks checks) {
    CertificateSources rules = new CertificateSources(path, checks);
    for (int i = 0; i < sources.size(); i++) {
      JsonNode bundle = sources.get(i).path("clusterTrustBundle");
      if (bundle.isObject()) {
        rules.bundle(bundle, path.at(i).child("clusterTrustBundle"));
      }
      JsonNode certificate = sources.get(i).path("podCertificate");
      if (certificate.isObject()) {
        rules.certificate(certificate, path.at(i).child("podCertificate"));
      }
    }
  }

  private void bundle(JsonNode bundle, Path path) {
    boolean named = bundle.has("name");
    boolean signed = bundle.has("signerName");
    if (named && signed) {
      checks.invalid(path, bundle, "only one of name and signerName may be used");
    } else if (named) {
      named(bundle, path);
    } else if (signed) {
      SigningRequestRules.signer(
          bundle.path("signerName").asString(""), path.child("signerName"), checks);
      SelectorRules.labelSelector(
          bundle.path("labelSelector"), path.child("labelSelector"), checks);
    } else {
      checks.required(path, "either name or signerName must be specified");
    }
    String place = bundle.path("path").asString("");
    if (place.isEmpty()) {
      checks.required(path.child("path"), "");
    } else {
      file(place, path.child("path"));
    }
  }

  private void named(JsonNode bundle, Path path) {
    String name = bundle.path("name").asString("");
    if (name.isEmpty()) {
      checks.required(path.child("name"), "must be a valid object name");
    } else {
      for (String wrong : TrustBundleRules.name(name, TrustBundleRules.signerOf(name))) {
        checks.invalid(path.child("name"), name, "not a valid clustertrustbundlename: " + wrong);
      }
    }
    if (bundle.has("labelSelector")) {
      checks.invalid(
          path.child("labelSelector"),
          bundle.path("labelSelector"),
          "labelSelector must be unset if name is specified");
    }
  }

  private void certificate(JsonNode certificate, Path path) {
    String signer = certificate.path("signerName").asString("");
    SigningRequestRules.signer(signer, path.child("signerName"), checks);
    checks.oneOf(path.child("keyType"), certificate.path("keyType").asString(""), KEY_TYPES);
    JsonNode seconds = certificate.path("maxExpirationSeconds");
    if (seconds.isNumber()) {
      PodCertificateRules.seconds(
          seconds,
          signer,
          "if provided, maxExpirationSeconds must be in the range [%d, %d]",
          path.child("maxExpirationSeconds"),
          checks);
    }
    boolean any = false;
    for (String field : List.of("credentialBundlePath", "keyPath", "certificateChainPath")) {
      String place = certificate.path(field).asString("");
      if (!place.isEmpty()) {
        file(place, path.child(field));
        any = true;
      }
    }
    if (!any) {
      checks.required(
          path, "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
    }
    PodCertificateRules.annotations(
        certificate.path("userAnnotations"), path.child("userAnnotations"), checks);
  }

  /** A file of the volume, which no other of these sources writes. */
  private void file(String place, Path path) {
    VolumeRules.relative(place, path, checks);
    if (place.startsWith("..") && !place.startsWith("../") && !place.equals("..")) {
      checks.invalid(path, place, "must not start with '..'");
    }
    if (!paths.add(place)) {
      checks.invalid(sources, place, "conflicting duplicate paths");
    }
  }
}
