package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Space;
import dev.argosy.e2e.Tenant;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.kubernetes.client.openapi.apis.AuthorizationV1Api;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1ResourceAttributes;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReviewSpec;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who one is, what one may, and that nobody sees another tenant. */
class AccessTest {

  private static final String CAN = "ask what one may do";
  private static final String OWN = "list and watch one's own namespaces at once";
  private static final String TOKEN = "ask for a service account's token";

  @TestFactory
  Stream<DynamicTest> access() {
    return new Part("Access")
        .kubectl(CAN, AccessTest::asks)
        .kubectl("list what one may do", AccessTest::lists)
        .kubectl("grant a role and act under it", AccessTest::grants)
        .kubectl("change nothing beyond one's own rights", AccessTest::doesNotEscalate)
        .kubectl("stay out of another tenant", AccessTest::staysOut)
        .kubectl(OWN, OwnNamespaces::listed)
        .kubectl("ask why not, and who can", AccessTest::asksWhy)
        .kubectlSince(28, "say who one is", AccessTest::saysWho)
        .kubectlSince(28, TOKEN, AccessTest::makesToken)
        .fabric8(CAN, AccessTest::asks)
        .fabric8(OWN, OwnNamespaces::informed)
        .java(CAN, AccessTest::asks)
        .java(TOKEN, AccessTest::makesToken)
        .script(Script.javascript(), CAN, TOKEN)
        .script(Script.python(), CAN, TOKEN)
        .tests();
  }

  private static void asks(Space space) {
    assertThat(space.run("auth", "can-i", "create", "pods")).contains("yes");
    assertThat(space.tryRun("auth", "can-i", "get", "pods", "--as=nobody").out()).contains("no");
    assertThat(space.run("auth", "can-i", "get", "pods", "--subresource=log")).contains("yes");
    assertThat(space.run("auth", "can-i", "get", "/version")).contains("yes");
  }

  private static void asksWhy(Space space) {
    String about =
        "{user: jane, resourceAttributes: {verb: get, resource: secrets, namespace: %s}}"
            .formatted(space.name());
    String missing =
        space
            .with(question("AccessExplanation", about), "create", "-f", "-", "-o", "json")
            .orFail();
    assertThat(missing).contains("\"missing\"", "\"verbs\"", "\"granters\"", "\"admin\"");
    space.run("create", "role", "peeks", "--verb=get", "--resource=secrets");
    space.run("create", "rolebinding", "peeks", "--role=peeks", "--user=jane");
    String whoCan = question("WhoCan", about.replace("user: jane, ", ""));
    Eventually.until(
        Duration.ofSeconds(10),
        () -> space.with(whoCan, "create", "-f", "-", "-o", "json").orFail(),
        said -> said.contains("\"jane\"") && said.contains("\"peeks\""));
  }

  private static String question(String kind, String spec) {
    return "apiVersion: access.argosy.dev/v1\nkind: %s\nspec: %s\n".formatted(kind, spec);
  }

  private static void lists(Space space) {
    assertThat(space.run("auth", "can-i", "--list")).contains("Resources", "*.*", "[*]");
  }

  private static void grants(Space space) {
    String[] as = {"get", "cm", "--as=jane", "--as-group=readers"};
    assertThat(space.tryRun(as).err())
        .contains("User \"jane\" cannot list resource \"configmaps\" in API group \"\"");
    space.run("create", "role", "reader", "--verb=get,list", "--resource=configmaps");
    space.run("create", "rolebinding", "readers", "--role=reader", "--group=readers");
    Eventually.until(Duration.ofSeconds(10), () -> space.tryRun(as), result -> result.ok());
    assertThat(space.tryRun("create", "cm", "one", "--as=jane", "--as-group=readers").err())
        .contains("User \"jane\" cannot create resource \"configmaps\"");
    assertThat(space.with(role(space, "pods"), "auth", "reconcile", "-f", "-").orFail())
        .contains("reconciled");
  }

  private static void doesNotEscalate(Space space) {
    space.run("create", "role", "roles", "--verb=get,create", "--resource=roles");
    space.run("create", "rolebinding", "roles", "--role=roles", "--user=jane");
    Eventually.until(
        Duration.ofSeconds(10),
        () -> space.with(role(space, "secrets"), "create", "--as=jane", "-f", "-").err(),
        said -> said.contains("attempting to grant RBAC permissions not currently held"));
  }

  private static String role(Space space, String resource) {
    return """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: other, namespace: %s}
    rules: [{apiGroups: [""], resources: [%s], verbs: [get]}]
    """
        .formatted(space.name(), resource);
  }

  /** The tenant's own token, at the other tenant's address. */
  private static void staysOut(Space space) {
    for (Tenant tenant : Tenant.both()) {
      boolean own = tenant.kubeconfig().equals(space.kubectl().kubeconfig());
      String token = tokenOf(space);
      var answer =
          space.tryRun("get", "cm", "--server=" + tenant.url(), "--token=" + token, "-o", "name");
      assertThat(answer.ok()).as(tenant.name()).isEqualTo(own);
    }
  }

  private static String tokenOf(Space space) {
    return Tenant.both().stream()
        .filter(tenant -> tenant.kubeconfig().equals(space.kubectl().kubeconfig()))
        .findFirst()
        .orElseThrow()
        .token();
  }

  private static void saysWho(Space space) {
    assertThat(space.run("auth", "whoami"))
        .contains("system:serviceaccount:e2e:suite", "system:serviceaccounts");
  }

  private static void makesToken(Space space) {
    space.run("create", "serviceaccount", "robot");
    String token = space.run("create", "token", "robot", "--duration=15m").strip();
    assertThat(space.run("auth", "whoami", "--token=" + token, "--kubeconfig=" + anonymous(space)))
        .contains("system:serviceaccount:" + space.name() + ":robot");
  }

  /**
   * A kubeconfig without a token, since a token in the file wins over the option in old versions.
   */
  private static String anonymous(Space space) {
    try {
      var file = java.nio.file.Files.createTempFile("e2e", ".yaml");
      file.toFile().deleteOnExit();
      String text = java.nio.file.Files.readString(space.kubectl().kubeconfig());
      java.nio.file.Files.writeString(file, text.replaceAll("token: \"[^\"]*\"", ""));
      return file.toString();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void asks(Fabric8 place) {
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(place.namespace())
            .withVerb("create")
            .withResource("pods")
            .endResourceAttributes()
            .endSpec()
            .build();
    assertThat(
            place
                .client()
                .authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed())
        .isTrue();
  }

  private static void asks(OfficialJava place) throws Exception {
    var attributes =
        new V1ResourceAttributes().namespace(place.namespace()).verb("create").resource("pods");
    var review =
        new V1SelfSubjectAccessReview()
            .spec(new V1SelfSubjectAccessReviewSpec().resourceAttributes(attributes));
    var answer =
        new AuthorizationV1Api(place.client()).createSelfSubjectAccessReview(review).execute();
    assertThat(answer.getStatus().getAllowed()).isTrue();
  }

  private static void makesToken(OfficialJava place) throws Exception {
    var request =
        new AuthenticationV1TokenRequest()
            .spec(new V1TokenRequestSpec().audiences(List.of()).expirationSeconds(900L));
    var answer =
        place
            .core()
            .createNamespacedServiceAccountToken("default", place.namespace(), request)
            .execute();
    assertThat(answer.getStatus().getToken().split("\\.")).hasSize(3);
  }
}
