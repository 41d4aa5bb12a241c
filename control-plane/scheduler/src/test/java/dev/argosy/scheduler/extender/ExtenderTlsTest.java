package dev.argosy.scheduler.extender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.configuration.ConfigurationFile;
import dev.argosy.scheduler.pod.PodView;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** An extender behind TLS, with a certificate of its own and one of the scheduler's. */
class ExtenderTlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir Path folder;

  /** Certificate and key of 127.0.0.1, signed by itself, made by the JDK's tool. */
  private KeyStore made() throws Exception {
    Path store = folder.resolve("store.p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=extender",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(tool.waitFor()).isZero();
    KeyStore read = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      read.load(in, PASSWORD.toCharArray());
    }
    return read;
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  private static HttpsServer server(KeyStore store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("own", store.getCertificate("own"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/prioritize",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = "[{\"host\":\"n1\",\"score\":99}]".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static Map<String, Long> ask(int port, ObjectNode tls) throws IOException {
    ObjectNode file = Json.object();
    file.put("apiVersion", "kubescheduler.config.k8s.io/v1");
    file.put("kind", "KubeSchedulerConfiguration");
    ObjectNode extender = file.putArray("extenders").addObject();
    extender.put("urlPrefix", "https://127.0.0.1:" + port).put("enableHTTPS", true);
    extender.put("prioritizeVerb", "prioritize").put("weight", 2).put("nodeCacheCapable", true);
    extender
        .put("httpTimeout", "60s")
        .set("tlsConfig", tls); // the first handshake of a process is slow
    ExtenderClient client =
        new ExtenderClient(ConfigurationFile.read(file).extenders().getFirst(), 1);
    try {
      return client.prioritize(
          new Asker(new ObjectKey(PodView.PODS, "acme", "default", "a"), false),
          Json.object(),
          List.of("n1"),
          new Nodes(new FakeApi(Clock.systemUTC(), "root").client()));
    } finally {
      client.close();
    }
  }

  @Test
  void bothSidesProveWhoTheyAre() throws Exception {
    KeyStore store = made();
    byte[] certificate =
        pem("CERTIFICATE", store.getCertificate("own").getEncoded())
            .getBytes(StandardCharsets.US_ASCII);
    String key = pem("PRIVATE KEY", store.getKey("own", PASSWORD.toCharArray()).getEncoded());
    Path keyFile = Files.writeString(folder.resolve("key.pem"), key);
    String encoded = Base64.getEncoder().encodeToString(certificate);
    HttpsServer server = server(store);
    try {
      int port = server.getAddress().getPort();
      ObjectNode tls = Json.object().put("caData", encoded).put("certData", encoded);
      tls.put("keyFile", keyFile.toString());
      assertThat(ask(port, tls)).isEqualTo(Map.of("n1", 200L));
      ObjectNode anonymous = Json.object().put("caData", encoded);
      assertThatThrownBy(() -> ask(port, anonymous)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ask(port, Json.object())).isInstanceOf(IOException.class);
    } finally {
      server.stop(0);
    }
  }
}
