package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes in, the answer is a Status that says what is wrong; never a 5xx. */
class BadInputTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  private static void refused(TestClient.Answer answer, int code, String reason, String part) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.at("kind")).isEqualTo("Status");
    assertThat(answer.at("status")).isEqualTo("Failure");
    assertThat(answer.at("reason")).isEqualTo(reason);
    assertThat(answer.at("message")).contains(part);
  }

  private TestClient.Answer yaml(String body) {
    return client.post(MAPS, body, "Content-Type", "application/yaml");
  }

  @Test
  void malformedJson() {
    refused(client.post(MAPS, "{\"metadata\":"), 400, "BadRequest", "json parse error");
    refused(client.post(MAPS, ""), 400, "BadRequest", "empty");
    refused(client.post(MAPS, "[]"), 400, "BadRequest", "object");
    refused(client.post(MAPS, "{} {}"), 400, "BadRequest", "behind");
    refused(client.post(MAPS, "{\"metadata\":3}"), 400, "BadRequest", "");
    refused(client.post(MAPS, "{\"metadata\":{\"name\":3}}"), 400, "BadRequest", "");
    refused(
        client.post(MAPS, "{\"metadata\":{\"name\":\"x\"},\"data\":[]}"), 400, "BadRequest", "");
  }

  @Test
  void namesThatNoUrlCanHold() {
    String roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";
    refused(
        client.post(roles, "{\"metadata\":{\"name\":\"a\\u0000\"}}"),
        422,
        "Invalid",
        "may not contain control characters");
  }

  @Test
  void malformedYaml() {
    refused(yaml("a: [b"), 400, "BadRequest", "yaml");
    refused(yaml(": :\n - {"), 400, "BadRequest", "yaml");
    refused(yaml("a: &x {b: *x}"), 400, "BadRequest", "");
    refused(yaml("---\na: 1\n---\nb: 1"), 400, "BadRequest", "");
  }

  @Test
  void yamlThatUnfoldsToALot() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ",").repeat(9)).append("*a").append(i - 1).append("]\n");
    }
    refused(yaml(bomb.toString()), 400, "BadRequest", "aliases");
  }

  @Test
  void goodYaml() {
    var made =
        yaml("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\ndata:\n  k: \"1\"\n");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("data.k")).isEqualTo("1");
  }

  @Test
  void deepNesting() {
    String deep = "[".repeat(100_000);
    refused(client.post(MAPS, deep), 400, "BadRequest", "");
    refused(yaml("{a: ".repeat(5_000)), 400, "BadRequest", "");
  }

  @Test
  void invalidUtf8() {
    byte[] body = "{\"metadata\":{\"name\":\"x?\"}}".getBytes(StandardCharsets.UTF_8);
    body[23] = (byte) 0xc3;
    refused(client.send("POST", MAPS, body), 400, "BadRequest", "UTF-8");
  }

  @Test
  void tooLarge() {
    byte[] large = new byte[3 * 1024 * 1024 + 1];
    refused(client.send("POST", MAPS, large), 413, "RequestEntityTooLarge", "3145728");
    String fill = "x".repeat(2_000_000);
    refused(
        client.post(MAPS, "{\"metadata\":{\"name\":\"big\"},\"data\":{\"a\":\"" + fill + "\"}}"),
        422,
        "Invalid",
        "Too long");
  }

  @Test
  void wrongTypes() {
    refused(
        client.post(MAPS, "{\"apiVersion\":\"v2\",\"metadata\":{\"name\":\"x\"}}"),
        400,
        "BadRequest",
        "does not match the expected API version");
    refused(
        client.post(MAPS, "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"x\"}}"),
        400,
        "BadRequest",
        "Pod");
    refused(client.get("/clusters/acme/api/v1/namespaces/default/nothings"), 404, "NotFound", "");
    refused(client.get("/clusters/acme/apis/no.such/v1/things"), 404, "NotFound", "");
    refused(client.get("/clusters/acme/api/v7/pods"), 404, "NotFound", "");
    refused(client.get("/nothing/here"), 404, "NotFound", "");
  }

  @Test
  void wrongMedia() {
    refused(
        client.post(MAPS, "x", "Content-Type", "text/plain"),
        415,
        "UnsupportedMediaType",
        "application/json");
    refused(client.get(MAPS, "Accept", "text/html"), 406, "NotAcceptable", "application/json");
    refused(client.get(MAPS, "Accept", ";;,"), 406, "NotAcceptable", "application/json");
    refused(
        client.patch(MAPS + "/x", "application/apply-patch+cbor", "{}"),
        415,
        "UnsupportedMediaType",
        "merge-patch");
    refused(client.patch(MAPS + "/x", "text/plain", "{}"), 415, "UnsupportedMediaType", "");
  }

  @ParameterizedTest
  @CsvSource({"Bad_Name", "-a", "a b", "a/b", "..", "UPPER"})
  void badNames(String name) {
    var answer = client.post(MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}");
    refused(answer, 422, "Invalid", "metadata.name");
  }

  @Test
  void noName() {
    refused(client.post(MAPS, "{}"), 422, "Invalid", "name or generateName is required");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=x,400",
    "resourceVersion=x,422",
    "resourceVersionMatch=Exact,422",
    "resourceVersionMatch=Odd&resourceVersion=1,422",
    "sendInitialEvents=true,422",
    "watch=1&sendInitialEvents=true,422",
    "continue=x,400",
    "labelSelector=a b,400",
    "labelSelector=a in,400",
    "fieldSelector=spec.x=1,400",
    "limit=%zz,400",
    "timeoutSeconds=x&watch=1,400"
  })
  void badQueries(String query, int code) {
    var answer = client.get(MAPS + "?" + query.replace(" ", "%20").replace("%zz", "%25zz"));
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.at("kind")).isEqualTo("Status");
  }

  @Test
  void revisionsOutOfReach() {
    refused(client.get(MAPS + "?resourceVersion=999999"), 504, "Timeout", "Too large");
    refused(client.get(MAPS + "?watch=1&resourceVersion=999999"), 504, "Timeout", "Too large");
  }

  @Test
  void wrongMethods() {
    refused(client.put(MAPS, "{}"), 405, "MethodNotAllowed", "");
    refused(client.post("/clusters/acme/api/v1/configmaps", "{}"), 405, "MethodNotAllowed", "");
    refused(client.send("TRACE", MAPS, null), 405, "MethodNotAllowed", "");
    refused(client.get("/clusters/acme/api/v1/configmaps/x"), 404, "NotFound", "");
    refused(client.delete("/version", ""), 405, "MethodNotAllowed", "");
  }

  @Test
  void badPaths() throws IOException {
    assertThat(raw("GET /api/v1/namespaces/a%2Fb/pods HTTP/1.1"))
        .contains("400")
        .contains("Status");
    assertThat(raw("GET /api/v1/namespaces/%zz/pods HTTP/1.1")).contains("400").contains("Status");
    assertThat(raw("GET /api/v1/../../etc HTTP/1.1")).contains("Status");
    assertThat(raw("NONSENSE")).contains("400");
    assertThat(raw("GET /api/v1/pods HTTP/1.1\r\nX: " + "y".repeat(100_000)))
        .contains("431")
        .contains("Status");
  }

  private static String raw(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", SERVER.server.port())) {
      socket.setSoTimeout(10_000);
      String request =
          head + "\r\nHost: x\r\nAuthorization: Bearer admin-token\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[64 * 1024];
      int length = 0;
      int read = socket.getInputStream().read(answer);
      while (read > 0 && length + read < answer.length) {
        length += read;
        read = socket.getInputStream().read(answer, length, answer.length - length);
      }
      return new String(answer, 0, length, StandardCharsets.UTF_8);
    }
  }

  @Test
  void tooMuchInTheUrl() throws IOException {
    assertThat(raw("GET /api/v1/pods?labelSelector=" + "y".repeat(100_000) + " HTTP/1.1"))
        .contains("414")
        .contains("\"kind\":\"Status\"");
    assertThat(raw("GET /api/v1/pods?" + "a&".repeat(2_001) + " HTTP/1.1"))
        .contains(" 400 ")
        .contains("more than 2000 parameters");
  }

  @Test
  void encodedBodies() throws IOException {
    var packed = new java.io.ByteArrayOutputStream();
    try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
      gzip.write(new byte[1_000_000]);
    }
    refused(
        client.send("POST", MAPS, packed.toByteArray(), "Content-Encoding", "gzip"),
        415,
        "UnsupportedMediaType",
        "Content-Encoding is gzip");
  }

  @Test
  void strictFieldsAndWarnings() {
    String body = "{\"metadata\":{\"name\":\"f\"},\"dat\":{},\"data\":{\"a\":\"1\",\"a\":\"2\"}}";
    refused(
        client.post(MAPS + "?fieldValidation=Strict", body),
        400,
        "BadRequest",
        "strict decoding error: unknown field \"dat\", duplicate field \"data.a\"");
    refused(client.post(MAPS + "?fieldValidation=Odd", body), 422, "Invalid", "fieldValidation");
    refused(client.post(MAPS + "?dryRun=Odd", body), 422, "Invalid", "dryRun");
    var warned = client.post(MAPS + "?dryRun=All", body);
    assertThat(warned.code()).isEqualTo(201);
    assertThat(warned.response().headers().allValues("Warning"))
        .containsExactly(
            "299 - \"unknown field \\\"dat\\\"\"", "299 - \"duplicate field \\\"data.a\\\"\"");
    assertThat(warned.json().has("dat")).isFalse();
    assertThat(client.get(MAPS + "/f").code()).isEqualTo(404);
  }

  @Test
  void badPatches() {
    client.post(MAPS, "{\"metadata\":{\"name\":\"p\"},\"data\":{\"a\":\"1\"}}");
    refused(client.patch(MAPS + "/p", "application/json-patch+json", "{}"), 400, "BadRequest", "");
    refused(
        client.patch(
            MAPS + "/p", "application/json-patch+json", "[{\"op\":\"remove\",\"path\":\"/no\"}]"),
        422,
        "Invalid",
        "");
    refused(client.patch(MAPS + "/p", "application/merge-patch+json", "[]"), 400, "BadRequest", "");
    refused(
        client.patch(
            MAPS + "/p", "application/merge-patch+json", "{\"metadata\":{\"name\":\"q\"}}"),
        400,
        "BadRequest",
        "name");
    refused(
        client.patch(MAPS + "/none", "application/merge-patch+json", "{}"),
        404,
        "NotFound",
        "none");
  }

  @Test
  void badDeleteOptions() {
    client.post(MAPS, "{\"metadata\":{\"name\":\"d\"}}");
    refused(client.delete(MAPS + "/d", "{\"propagationPolicy\":\"Odd\"}"), 422, "Invalid", "Odd");
    refused(
        client.delete(MAPS + "/d", "{\"preconditions\":{\"uid\":\"other\"}}"),
        409,
        "Conflict",
        "Precondition failed: UID");
    refused(client.delete(MAPS + "/d?gracePeriodSeconds=x", ""), 400, "BadRequest", "");
    assertThat(client.delete(MAPS + "/d", "").code()).isEqualTo(200);
  }
}
