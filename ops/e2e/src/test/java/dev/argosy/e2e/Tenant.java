package dev.argosy.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A tenant as its programs meet it: a service account that may do everything in the tenant's
 * cluster, and namespaces of its own.
 *
 * @param kubeconfig names the account's token itself, so no client needs a plug-in
 */
public record Tenant(String name, String token, Path kubeconfig) {

  private static final String NAMESPACE = "e2e";
  private static final String ACCOUNTS = "/api/v1/namespaces/" + NAMESPACE + "/serviceaccounts";
  private static final Api API = new Api();

  /** The two that {@code ops/up} makes. */
  public static List<Tenant> both() {
    return Both.TENANTS;
  }

  private static final class Both {
    static final List<Tenant> TENANTS = List.of(enter("acme"), enter("globex"));
  }

  /** A new namespace whose default service account is there. */
  public String newNamespace() {
    String namespace = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
    post("/api/v1/namespaces", named(namespace));
    Eventually.until(
        Duration.ofSeconds(30),
        () -> get("/api/v1/namespaces/" + namespace + "/serviceaccounts/default").statusCode(),
        code -> code == 200);
    return namespace;
  }

  public void removeNamespace(String namespace) {
    send("DELETE", "/api/v1/namespaces/" + namespace, "application/json", "");
  }

  public HttpResponse<String> get(String path) {
    return send("GET", path, "application/json", "");
  }

  /** Writes something that must succeed. */
  public HttpResponse<String> post(String path, String body) {
    HttpResponse<String> answer = send("POST", path, "application/json", body);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(path + " in " + name + ": " + answer.body());
    }
    return answer;
  }

  public HttpResponse<String> send(String method, String path, String contentType, String body) {
    return API.send(method, prefix(name) + path, token, contentType, body);
  }

  public String url() {
    return Target.apiUrl() + prefix(name);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Tenant enter(String name) {
    String developer = API.userToken(name + "-dev");
    ensure(name, developer, "/api/v1/namespaces", named(NAMESPACE));
    ensure(name, developer, ACCOUNTS, named("suite"));
    ensure(
        name,
        developer,
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
        """
        {"metadata": {"name": "e2e-suite"},
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                     "name": "cluster-admin"},
         "subjects": [{"kind": "ServiceAccount", "name": "suite", "namespace": "e2e"}]}
        """);
    HttpResponse<String> answer =
        API.send(
            "POST",
            prefix(name) + ACCOUNTS + "/suite/token",
            developer,
            "application/json",
            "{\"spec\": {\"expirationSeconds\": 14400}}");
    String token = Api.json(answer).path("status").path("token").asString("");
    if (token.isEmpty()) {
      throw new AssertionError("no token for the suite in " + name + ": " + answer.body());
    }
    return new Tenant(name, token, write(name, token));
  }

  private static void ensure(String tenant, String token, String path, String body) {
    HttpResponse<String> answer =
        API.send("POST", prefix(tenant) + path, token, "application/json", body);
    if (answer.statusCode() != 201 && answer.statusCode() != 409) {
      throw new AssertionError(path + " in " + tenant + ": " + answer.body());
    }
  }

  private static Path write(String name, String token) {
    try {
      Path file = Files.createTempFile("e2e-" + name, ".yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          current-context: suite
          clusters:
          - name: suite
            cluster: {server: "%s", certificate-authority: "%s"}
          contexts:
          - name: suite
            context: {cluster: suite, user: suite, namespace: default}
          users:
          - name: suite
            user: {token: "%s"}
          """
              .formatted(Target.apiUrl() + prefix(name), Target.ca(), token));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String named(String name) {
    return "{\"metadata\": {\"name\": \"" + name + "\"}}";
  }

  private static String prefix(String tenant) {
    return "/clusters/" + tenant;
  }
}
