package dev.argosy.bench.nodes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The current context of a kubeconfig, as far as the simulator needs it: a server, whom to trust, a
 * client certificate or a token.
 *
 * @param token empty to be known by the certificate
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">kubeconfig</a>
 */
record Kubeconfig(URI server, SSLContext tls, String token) {

  private static final char[] NONE = {};

  static Kubeconfig read(Path file) throws Refusal {
    try {
      Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      Map<?, ?> all = map(root);
      Map<?, ?> context = named(all, "contexts", text(all, "current-context"), "context");
      Map<?, ?> cluster = named(all, "clusters", text(context, "cluster"), "cluster");
      Map<?, ?> user = named(all, "users", text(context, "user"), "user");
      String token = text(user, "token");
      boolean certificate =
          user.containsKey("client-certificate-data") || user.containsKey("client-certificate");
      if (token.isEmpty() && !certificate) {
        throw Refusal.of(
            file
                + " has neither a client certificate nor a token; use"
                + " .argosy/kubeconfig/admin.yaml");
      }
      KeyStore own = store();
      if (certificate) {
        own.setKeyEntry(
            "client",
            key(data(file, user, "client-key")),
            NONE,
            certificates(data(file, user, "client-certificate")).toArray(Certificate[]::new));
      }
      return new Kubeconfig(
          server(text(cluster, "server")),
          tls(own, certificates(data(file, cluster, "certificate-authority"))),
          token);
    } catch (IOException e) {
      throw Refusal.of("the kubeconfig " + file + " cannot be read: " + e.getMessage());
    } catch (YamlEngineException | GeneralSecurityException | IllegalArgumentException e) {
      throw Refusal.of("the kubeconfig " + file + " cannot be understood: " + e.getMessage());
    }
  }

  private static URI server(String text) {
    URI server = URI.create(text.replaceAll("/+$", ""));
    if (server.getHost() == null || !server.getPath().isEmpty()) {
      throw new IllegalArgumentException(
          "its server is to be the platform's own, such as https://127.0.0.1:6443, not \""
              + text
              + "\"");
    }
    return server;
  }

  private static SSLContext tls(KeyStore own, List<Certificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore trust = store();
    for (Certificate one : trusted) {
      trust.setCertificateEntry("ca-" + trust.size(), one);
    }
    TrustManagerFactory trusting =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusting.init(trust);
    KeyManagerFactory being =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    being.init(own, NONE);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(being.getKeyManagers(), trusting.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NONE);
    return store;
  }

  private static List<Certificate> certificates(byte[] pem) throws GeneralSecurityException {
    return List.copyOf(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem)));
  }

  private static PrivateKey key(byte[] pem) throws GeneralSecurityException {
    String text = new String(pem, StandardCharsets.US_ASCII);
    if (!text.contains("BEGIN PRIVATE KEY")) {
      throw new GeneralSecurityException("its client key is not PKCS #8 (BEGIN PRIVATE KEY)");
    }
    String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
    try {
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    } catch (GeneralSecurityException notElliptic) {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    }
  }

  /** What stands there itself, or in the file that is named; relative to the kubeconfig. */
  private static byte[] data(Path file, Map<?, ?> holder, String name)
      throws IOException, GeneralSecurityException {
    String inline = text(holder, name + "-data");
    if (!inline.isEmpty()) {
      return Base64.getMimeDecoder().decode(inline);
    }
    String path = text(holder, name);
    if (path.isEmpty()) {
      throw new GeneralSecurityException("it has no " + name);
    }
    return Files.readAllBytes(file.toAbsolutePath().resolveSibling(path));
  }

  private static Map<?, ?> named(Map<?, ?> all, String list, String name, String member) {
    if (all.get(list) instanceof List<?> entries) {
      for (Object entry : entries) {
        if (text(map(entry), "name").equals(name)) {
          return map(map(entry).get(member));
        }
      }
    }
    throw new IllegalArgumentException(list + " has no \"" + name + "\"");
  }

  private static Map<?, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("a mapping is missing");
  }

  private static String text(Map<?, ?> map, String name) {
    return map.get(name) instanceof String text ? text : "";
  }
}
