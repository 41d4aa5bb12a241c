package dev.argosy.server.aggregate.identity;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectMeta;
import dev.argosy.server.preset.PresetTemplate;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the server is known to the API servers of one cluster. A cluster that is made again under its
 * old name has another identity.
 */
public final class FrontProxy {

  /** The namespace that is as old as its cluster. */
  static final String HOME = "kube-system";

  /** The ConfigMap that tells the cluster's API servers whom to believe. */
  static final String CONFIG = "extension-apiserver-authentication";

  private static final String NAME = "front-proxy-client";
  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  private static final Duration LIFE = Duration.ofDays(30);
  private static final Duration BACKDATED = Duration.ofHours(1);

  private final String uid;
  private final DerivedAuthority authority;
  private final ApiObject configMap;
  private final Clock clock;

  private FrontProxy(String uid, DerivedAuthority authority, ApiObject configMap, Clock clock) {
    this.uid = uid;
    this.authority = authority;
    this.configMap = configMap;
    this.clock = clock;
  }

  /**
   * A certificate and its key, for one process and some weeks.
   *
   * @param renewal from when another one should be asked for
   */
  public record Certified(KeyPair keys, X509Certificate certificate, Instant renewal) {}

  static FrontProxy of(byte[] secret, String cluster, ObjectMeta home, Clock clock) {
    Instant since = Objects.requireNonNullElse(home.creationTimestamp(), Instant.EPOCH);
    String of = "/" + cluster + "/" + home.uid();
    DerivedAuthority requests =
        DerivedAuthority.of(secret, "request-header" + of, "front-proxy-ca:" + cluster, since);
    DerivedAuthority clients =
        DerivedAuthority.of(secret, "client" + of, "client-ca:" + cluster, since);
    ObjectNode config = configMap(requests, clients);
    return new FrontProxy(
        home.uid(), requests, PresetTemplate.of(CONFIG_MAPS, config).in(cluster, home), clock);
  }

  private static ObjectNode configMap(DerivedAuthority requests, DerivedAuthority clients) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    object.putObject("metadata").put("name", CONFIG).put("namespace", HOME);
    object
        .putObject("data")
        .put("client-ca-file", clients.pem())
        .put("requestheader-allowed-names", "[\"" + NAME + "\"]")
        .put("requestheader-client-ca-file", requests.pem())
        .put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")
        .put("requestheader-group-headers", "[\"X-Remote-Group\"]")
        .put("requestheader-uid-headers", "[\"X-Remote-Uid\"]")
        .put("requestheader-username-headers", "[\"X-Remote-User\"]");
    return object;
  }

  /** That of the cluster's namespace {@code kube-system}. */
  String uid() {
    return uid;
  }

  /** The ConfigMap {@code kube-system/extension-apiserver-authentication}. */
  ApiObject configMap() {
    return configMap;
  }

  /** The authority's own certificate. */
  public X509Certificate authority() {
    return authority.certificate();
  }

  /** A new certificate of the authority. */
  public Certified certify() {
    Instant now = clock.instant();
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      return new Certified(
          keys,
          authority.client(NAME, keys.getPublic(), now.minus(BACKDATED), now.plus(LIFE)),
          now.plus(LIFE.dividedBy(2)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }
}
