package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Kubectl;
import dev.argosy.e2e.Program;
import dev.argosy.e2e.Space;
import dev.argosy.e2e.Target;
import dev.argosy.e2e.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Client certificates that a tenant has signed: who holds one, and where it counts. */
class CertificatesTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String GROUP = "readers";
  private static final String NODES = "/api/v1/nodes";
  private static final String BINDINGS = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";

  @TestFactory
  Stream<DynamicTest> certificates() {
    return new Part("Client certificates")
        .kubectl("approve a certificate request", CertificatesTest::approves)
        .kubectl("refuse a certificate request", CertificatesTest::refuses)
        .kubectl("act under a certificate", CertificatesTest::acts)
        .kubectl("stay out of another tenant with it", CertificatesTest::staysOut)
        .tests();
  }

  private static void approves(Space space) throws IOException {
    CertificateRequest request = CertificateRequest.of("jane", GROUP);
    assertThat(asked(space, request, () -> decided(space, "approve"))).contains("Approved");
  }

  private static void refuses(Space space) throws IOException {
    String mighty = CertificateRequest.of("jane", "system:masters").object(space.name());
    assertThat(space.with(mighty, "create", "-f", "-").err())
        .contains("Forbidden", "system:masters group is not allowed");
    CertificateRequest request = CertificateRequest.of("jane", GROUP);
    assertThat(asked(space, request, () -> decided(space, "deny") + certificate(space)))
        .contains("Denied")
        .doesNotContain("Issued")
        .endsWith("\n");
  }

  private static String decided(Space space, String decision) {
    space.run("certificate", decision, space.name());
    return space.run("get", "csr", space.name());
  }

  private static void acts(Space space) throws IOException {
    Space held = held(space, "jane");
    assertThat(held.tryRun("get", "cm").err()).contains("(Forbidden)", "User \"jane\" cannot list");
    space.run("create", "role", "reader", "--verb=get,list", "--resource=configmaps");
    space.run("create", "rolebinding", "readers", "--role=reader", "--group=" + GROUP);
    Eventually.until(SOON, () -> held.tryRun("get", "cm"), Program.Result::ok);
    assertThat(held.run("auth", "can-i", "list", "configmaps")).contains("yes");
    assertThat(held.tryRun("auth", "can-i", "list", "secrets").out()).contains("no");
    if (!space.kubectl().version().equals("1.20")) {
      assertThat(held.run("auth", "whoami")).contains("jane", GROUP, "system:authenticated");
    }
  }

  /** The other tenant lets somebody of that name do everything, which is somebody else. */
  private static void staysOut(Space space) throws IOException {
    String name = "jane-" + space.name();
    Space held = held(space, name);
    Tenant other = other(space);
    other.post(
        BINDINGS,
        """
        {"metadata": {"name": "%1$s"},
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                     "name": "cluster-admin"},
         "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "%1$s"}]}
        """
            .formatted(name));
    try {
      Kubectl there = Kubectl.of(space.kubectl().version(), other.kubeconfig());
      Eventually.until(
          SOON, () -> there.tryRun("get", "--raw", NODES, "--as=" + name), Program.Result::ok);
      for (String url : new String[] {other.url(), Target.apiUrl() + "/clusters/root"}) {
        Program.Result refused = held.tryRun("get", "--raw", NODES, "--server=" + url);
        assertThat(refused.ok()).as(url).isFalse();
        assertThat(refused.err()).as(url).contains("Forbidden", name);
      }
    } finally {
      other.send("DELETE", BINDINGS + "/" + name, "application/json", "");
    }
  }

  /** The namespace as it is for whoever holds a certificate that its administrator approved. */
  private static Space held(Space space, String user) throws IOException {
    CertificateRequest request = CertificateRequest.of(user, GROUP);
    String certificate =
        asked(
            space,
            request,
            () -> {
              decided(space, "approve");
              return Eventually.until(SOON, () -> certificate(space), text -> !text.isEmpty());
            });
    var kubeconfig = request.kubeconfig(own(space).url(), certificate);
    return new Space(Kubectl.of(space.kubectl().version(), kubeconfig), space.name());
  }

  /** What is seen while the request is there. */
  private static String asked(Space space, CertificateRequest request, Supplier<String> body)
      throws IOException {
    space.with(request.object(space.name()), "create", "-f", "-").orFail();
    try {
      return body.get();
    } finally {
      space.run("delete", "csr", space.name());
    }
  }

  private static String certificate(Space space) {
    return space.run("get", "csr", space.name(), "-o", "jsonpath={.status.certificate}");
  }

  private static Tenant own(Space space) {
    return Tenant.both().stream().filter(tenant -> of(tenant, space)).findFirst().orElseThrow();
  }

  private static Tenant other(Space space) {
    return Tenant.both().stream().filter(tenant -> !of(tenant, space)).findFirst().orElseThrow();
  }

  private static boolean of(Tenant tenant, Space space) {
    return tenant.kubeconfig().equals(space.kubectl().kubeconfig());
  }
}
