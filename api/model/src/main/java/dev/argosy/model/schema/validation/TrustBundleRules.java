package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Authorities that pods shall trust ({@code ClusterTrustBundle}): those of a signer, whose name
 * begins the bundle's, or anybody's.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#cluster-trust-bundles">Kubernetes:
 *     Cluster trust bundles</a>
 */
final class TrustBundleRules implements KindRules {

  private static final int MOST_BYTES = 1 << 20;
  private static final Path SPEC = Path.of("spec");
  private static final Path BUNDLE = SPEC.child("trustBundle");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    names(object, checks);
    bundle(text(object, "trustBundle"), checks);
  }

  /** A bundle that was accepted once may stay. */
  @Override
  public void validateChanged(ObjectNode object, ObjectNode old, Checks checks) {
    names(object, checks);
    String bundle = text(object, "trustBundle");
    if (!bundle.equals(text(old, "trustBundle"))) {
      bundle(bundle, checks);
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    String signer = text(object, "signerName");
    if (!signer.equals(text(old, "signerName"))) {
      checks.invalid(SPEC.child("signerName"), signer, "field is immutable");
    }
  }

  private static String text(ObjectNode object, String field) {
    return object.path("spec").path(field).asString("");
  }

  private static void names(ObjectNode object, Checks checks) {
    String signer = text(object, "signerName");
    JsonNode name = object.path("metadata").path("name");
    if (name.isString()) {
      String text = name.asString("");
      checks.invalidAll(Path.of("metadata").child("name"), text, name(text, signer));
    }
    if (!signer.isEmpty()) {
      SigningRequestRules.signer(signer, SPEC.child("signerName"), checks);
    }
  }

  /** What is wrong with the name of a bundle of that signer, or of none. */
  static List<String> name(String name, String signer) {
    if (signer.isEmpty()) {
      return name.indexOf(':') >= 0
          ? List.of("ClusterTrustBundle without signer name must not have \":\" in its name")
          : NameRules.dnsSubdomain(name);
    }
    String beginning = signer.replace('/', ':') + ":";
    return name.startsWith(beginning)
        ? NameRules.dnsSubdomain(name.substring(beginning.length()))
        : List.of(
            "ClusterTrustBundle for signerName %s must be named with prefix %s"
                .formatted(signer, beginning));
  }

  /** The signer that a bundle's name begins with; empty if it is nobody's. */
  static String signerOf(String name) {
    int end = name.lastIndexOf(':');
    return end < 0 ? "" : name.substring(0, end).replaceFirst(":", "/");
  }

  private static void bundle(String text, Checks checks) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      checks.tooLong(BUNDLE, MOST_BYTES);
      return;
    }
    List<PemText.Block> blocks = PemText.blocks(text);
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    boolean whole = true;
    for (int i = 0; i < blocks.size(); i++) {
      String wrong = wrong(blocks.get(i));
      if (!wrong.isEmpty()) {
        invalid("entry " + i + " " + wrong, checks);
        whole = false;
      }
      String content = Base64.getEncoder().encodeToString(blocks.get(i).bytes());
      places.computeIfAbsent(content, _ -> new ArrayList<>()).add(i);
    }
    if (!whole) {
      return;
    }
    if (places.isEmpty()) {
      invalid("at least one trust anchor must be provided", checks);
    }
    for (List<Integer> same : places.values()) {
      if (same.size() > 1) {
        invalid(
            "duplicate trust anchor (indices " + same.toString().replace(",", "") + ")", checks);
      }
    }
  }

  private static String wrong(PemText.Block block) {
    if (!block.type().equals("CERTIFICATE")) {
      return "has bad block type: " + block.type();
    }
    if (block.headers()) {
      return "has PEM block headers";
    }
    Optional<X509Certificate> certificate = block.certificate();
    if (certificate.isEmpty()) {
      return "does not parse as X.509";
    }
    return certificate.get().getBasicConstraints() < 0 ? "does not have the CA bit set" : "";
  }

  private static void invalid(String detail, Checks checks) {
    checks.invalid(BUNDLE, "<value omitted>", detail);
  }
}
