import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The operator of the chart {@code operator}, as a pod runs it: makes a config map for each announcement of its
 * namespace, and serves the webhook that refuses announcements which say "forbidden". It knows the API only by what
 * a pod finds in itself, and has no library but the JDK's.
 */
public final class Operator {

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Pattern ROW = Pattern.compile("\"cells\":\\[\"([^\"]*)\",\"([^\"]*)\"");
  private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]+)\"");
  private static final char[] NO_PASSWORD = new char[0];

  private final String namespace;
  private final String api;
  private final HttpClient http;

  private Operator() throws Exception {
    namespace = Files.readString(ACCOUNT.resolve("namespace"));
    api =
        "https://"
            + System.getenv("KUBERNETES_SERVICE_HOST")
            + ":"
            + System.getenv("KUBERNETES_SERVICE_PORT");
    http = HttpClient.newBuilder().sslContext(trusting(ACCOUNT.resolve("ca.crt"))).build();
  }

  public static void main(String[] arguments) throws Exception {
    Operator operator = new Operator();
    operator.serve();
    Executors.newSingleThreadScheduledExecutor()
        .scheduleWithFixedDelay(operator::reconcile, 0, 1, TimeUnit.SECONDS);
  }

  /** Asks for a table, whose first columns are the name and the text. */
  private void reconcile() {
    try {
      String kind = "/apis/chart.e2e.example.com/v1/namespaces/" + namespace + "/announcements";
      String table =
          send("GET", kind, "application/json;as=Table;v=v1;g=meta.k8s.io", "", "");
      Matcher row = ROW.matcher(table);
      while (row.find()) {
        String map =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
                + row.group(1)
                + "\"},\"data\":{\"text\":\""
                + row.group(2)
                + "\"}}";
        String path = "/api/v1/namespaces/" + namespace + "/configmaps/" + row.group(1);
        send("PATCH", path + "?fieldManager=operator", "*/*", "application/apply-patch+yaml", map);
      }
    } catch (Exception e) {
      System.err.println(e);
    }
  }

  private String send(String method, String path, String accept, String type, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Authorization", "Bearer " + Files.readString(ACCOUNT.resolve("token")))
            .header("Accept", accept)
            .method(method, BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + answer.body());
    }
    return answer.body();
  }

  private void serve() throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(8443), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(own(Path.of("/tls"))));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/validate", Operator::validate);
    server.createContext("/ready", exchange -> answer(exchange, "ok"));
    server.start();
  }

  private static void validate(HttpExchange exchange) throws java.io.IOException {
    String review = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher uid = UID.matcher(review.substring(review.indexOf("\"request\"")));
    uid.find();
    boolean allowed = !review.contains("forbidden words");
    answer(
        exchange,
        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":\""
            + uid.group(1)
            + "\",\"allowed\":"
            + allowed
            + ",\"status\":{\"message\":\"such words are not announced\"}}}");
  }

  private static void answer(HttpExchange exchange, String text) throws java.io.IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static SSLContext trusting(Path ca) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int n = 0;
    for (Certificate one : certificates(ca)) {
      store.setCertificateEntry("ca" + n++, one);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static SSLContext own(Path folder) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    byte[] key = rsa(Files.readString(folder.resolve("tls.key")));
    store.setKeyEntry(
        "own",
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)),
        NO_PASSWORD,
        certificates(folder.resolve("tls.crt")).toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static java.util.Collection<? extends Certificate> certificates(Path file)
      throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  /** Helm makes keys in PKCS #1; the JDK reads PKCS #8, which has a header more (RFC 8017, RFC 5208). */
  private static byte[] rsa(String pem) throws Exception {
    byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    if (!pem.contains("BEGIN RSA")) {
      return key;
    }
    byte[] version = {2, 1, 0};
    byte[] algorithm = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    return tagged(0x30, version, algorithm, tagged(0x04, key));
  }

  private static byte[] tagged(int tag, byte[]... parts) throws Exception {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.write(part);
    }
    int length = content.size();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length});
    content.writeTo(all);
    return all.toByteArray();
  }
}
