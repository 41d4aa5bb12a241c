package dev.argosy.console.preview;

import dev.argosy.console.session.Resources;
import dev.argosy.console.session.TenantDirectory;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.client.fake.FakeRequest;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A platform with two tenants, a few workloads in different states, and their pods. */
final class DemoData {

  static final String ACME = "acme";
  static final String LONG = "a-very-long-name-for-a-tenant-of-a-department-with-a-long-name";
  private static final GroupResource TOKENS = Resources.TOKENS;
  private static final String TENANCY = "tenancy.argosy.dev";

  private final ApiClient api;
  private final Instant now;

  private DemoData(ApiClient api, Instant now) {
    this.api = api;
    this.now = now;
  }

  static void fill(FakeApi fake, Instant now) {
    DemoData data = new DemoData(fake.as(UserInfo.system("preview")), now);
    data.tenants();
    data.requests();
    data.invitations();
    data.programs();
    data.tokens();
    new DemoInsight(fake, now).fill();
    fake.setAnswer(TOKENS, "create", DemoData::shown);
    fake.setAnswer(new GroupResource(TENANCY, "tenantrequests"), "approval", data::approval);
    for (String answer : List.of("accept", "decline")) {
      fake.setAnswer(
          Resources.INVITATIONS, answer, (request, body) -> data.answer(request, answer));
    }
    fake.setAnswer(Resources.SERVICE_CLIENTS, "credentials", DemoData::credentials);
    data.workloads();
    data.nodes();
    data.authority();
    data.events();
    fake.setLog(
        new ObjectKey(new GroupResource("", "pods"), ACME, "default", "shop-7d9f8-abcde"),
        "2026-01-01T10:00:00Z listening on :8080\n2026-01-01T10:00:01Z GET / 200\n");
  }

  private void tenants() {
    tenant("acme", "Acme Trading", Map.of("tier", "gold", "billing.example.com/account", "4711"));
    tenant("globex", "Globex", Map.of());
    tenant(LONG, "The department of long names and everlasting titles, branch office", Map.of());
    below("acme", "acme-staging");
    api.delete(key("tenants", "acme-staging"), DeleteOptions.DEFAULT).orThrow();
    member("acme", "ada", "admin", Optional.empty());
    member(
        "acme",
        "somebody.with.a.long.name@a-long-domain-of-some-company.example",
        "acme.deployer",
        Optional.empty());
    member("acme", "contractor", "viewer", Optional.of(now.plus(Duration.ofDays(20))));
    member("acme", "left", "member", Optional.of(now.minus(Duration.ofHours(3))));
    grant("ada", "platform-admin", "Runs the platform");
  }

  private static ObjectKey key(String resource, String name) {
    return new ObjectKey(new GroupResource(TENANCY, resource), "root", "", name);
  }

  private void tenant(String name, String displayName, Map<String, String> labels) {
    ObjectNode tenant = object(TENANCY + "/v1", "Tenant", name);
    ObjectNode marks = tenant.withObject("metadata").putObject("labels");
    labels.forEach(marks::put);
    ObjectNode spec = tenant.putObject("spec").put("displayName", displayName);
    spec.put("template", "starter").putArray("nodePools").add("default");
    spec.putObject("podSecurity").put("enforce", "baseline");
    store("root", TENANCY, "tenants", "", tenant);
    active(name);
  }

  private void below(String parent, String name) {
    ObjectNode tenant = object(TENANCY + "/v1", "Tenant", name);
    tenant.putObject("spec").put("parent", parent);
    store("root", TENANCY, "tenants", "", tenant);
    active(name);
  }

  private void active(String name) {
    ObjectNode status = Json.object();
    ObjectNode inner = status.putObject("status").put("phase", "Active");
    inner.put(
        "keptUntil", now.plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS).toString());
    condition(inner, "TemplateApplied", "Applied", "The template starter is applied");
    patchStatus(key("tenants", name), status);
  }

  private void condition(ObjectNode status, String type, String reason, String message) {
    status
        .withArray("conditions")
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("reason", reason)
        .put("message", message)
        .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private void requests() {
    request("initech", "bob", "For the reports that everybody waits for");
    request("hooli", "gavin", "");
    decide("hooli", "Denied", "There is one already", "ada");
    request(LONG + "-2", "somebody.with.a.long.name@a-long-domain-of-some-company.example", LONG);
    decide(LONG + "-2", "Approved", "", "policy/everybody");
  }

  private void request(String name, String user, String reason) {
    ObjectNode request = object(TENANCY + "/v1", "TenantRequest", name);
    ObjectNode spec = request.putObject("spec").put("name", name).put("parent", "acme");
    spec.put("template", "starter").put("username", user).put("reason", reason);
    store("root", TENANCY, "tenantrequests", "", request);
  }

  private void decide(String name, String decision, String message, String by) {
    ObjectNode status = Json.object();
    ObjectNode inner = status.putObject("status").put("decidedBy", by);
    condition(inner, decision, "DecidedByHand", message);
    patchStatus(key("tenantrequests", name), status);
  }

  /** Decides requests as the server does. */
  private ObjectNode approval(FakeRequest request, ObjectNode body) {
    String decision = body.path("spec").path("decision").asString("");
    decide(request.name(), decision, body.path("spec").path("message").asString(""), "ada");
    return api.get(key("tenantrequests", request.name())).orThrow().tree();
  }

  private void invitations() {
    invitation("globex", "Ada@example.com", Duration.ofDays(5));
    invitation("acme", "late@example.com", Duration.ofHours(-3));
    invitation(
        "acme",
        "somebody.with.a.long.name@a-long-domain-of-some-company.example",
        Duration.ofDays(2));
  }

  private void invitation(String tenant, String email, Duration left) {
    ObjectNode invitation = object(TENANCY + "/v1", "Invitation", "");
    invitation.withObject("metadata").put("generateName", tenant + ".");
    ObjectNode spec = invitation.putObject("spec").put("tenant", tenant).put("email", email);
    spec.put("role", "viewer").put("username", "gus");
    spec.put("acceptBy", now.plus(left).truncatedTo(ChronoUnit.SECONDS).toString());
    store("root", TENANCY, "invitations", "", invitation);
  }

  private void programs() {
    program("acme.ci", true, "Provisioned", "programs log in with it");
    program("acme.nightly", false, "ProviderAway", "the identity provider does not answer");
  }

  private void program(String name, boolean ready, String reason, String message) {
    ObjectNode program = object(TENANCY + "/v1", "ServiceClient", name);
    program.putObject("spec").put("tenant", "acme").put("role", "member").put("description", "CI");
    store("root", TENANCY, "serviceclients", "", program);
    ObjectNode status = Json.object();
    ObjectNode inner = status.putObject("status").put("clientId", "svc-" + name + "-1f0e");
    condition(inner, "Ready", reason, message);
    ((ObjectNode) inner.at("/conditions/0")).put("status", ready ? "True" : "False");
    patchStatus(key("serviceclients", name), status);
  }

  /** Gives secrets as the server does. */
  private static ObjectNode credentials(FakeRequest request, ObjectNode body) {
    ObjectNode answer = object(TENANCY + "/v1", "ServiceClientCredentials", request.name());
    answer
        .putObject("status")
        .put("clientId", "svc-" + request.name() + "-1f0e")
        .put("clientSecret", "not-a-real-secret")
        .put("tokenEndpoint", "https://id.argosy.test/token");
    return answer;
  }

  /** Answers invitations as the server does. */
  private ObjectNode answer(FakeRequest request, String answer) {
    ObjectNode status = Json.object();
    String phase = answer.equals("accept") ? "Accepted" : "Declined";
    status.putObject("status").put("phase", phase).put("username", "ada");
    patchStatus(key("invitations", request.name()), status);
    return api.get(key("invitations", request.name())).orThrow().tree();
  }

  private void member(String tenant, String user, String role, Optional<Instant> until) {
    ObjectNode member = object(TENANCY + "/v1", "Member", "");
    member.withObject("metadata").put("generateName", tenant + ".");
    ObjectNode spec = member.putObject("spec");
    spec.put("tenant", tenant).put("role", role);
    spec.putObject("subject").put("kind", "User").put("name", user);
    until.ifPresent(end -> spec.put("expiresAt", end.truncatedTo(ChronoUnit.SECONDS).toString()));
    store("root", TENANCY, "members", "", member);
  }

  private void grant(String user, String role, String reason) {
    ObjectNode grant = object(TENANCY + "/v1", "AccessGrant", user);
    ObjectNode spec = grant.putObject("spec").put("role", role).put("reason", reason);
    spec.putObject("subject").put("kind", "User").put("name", user);
    store("root", TENANCY, "accessgrants", "", grant);
  }

  private void tokens() {
    token("nightly", "of the nightly build", now.plus(Duration.ofDays(20)), true);
    token(
        "a-token-with-a-very-long-name-that-somebody-generated",
        "",
        now.minus(Duration.ofHours(2)),
        false);
  }

  private void token(String name, String description, Instant until, boolean readOnly) {
    ObjectNode token = object("access.argosy.dev/v1", "AccessToken", name);
    ObjectNode spec = token.putObject("spec").put("description", description);
    spec.put("expiresAt", until.truncatedTo(ChronoUnit.SECONDS).toString());
    spec.putObject("subject").put("kind", "User").put("name", "ada");
    if (readOnly) {
      spec.putObject("scope").put("readOnly", true).put("role", "viewer");
    }
    store(ACME, TOKENS.group(), TOKENS.resource(), "", token);
    ObjectNode status = Json.object();
    status.putObject("status").put("id", "4nR7kQ2mX9aB1cDe");
    patchStatus(new ObjectKey(TOKENS, ACME, "", name), status);
  }

  /** The answer to a creation shows the token, as the server's does. */
  private static ObjectNode shown(FakeRequest request, ObjectNode token) {
    token.putObject("status").put("token", "argosy_pat_" + "4nR7kQ2mX9aB1cDe".repeat(4));
    return token;
  }

  private void authority() {
    ObjectNode map = object("v1", "ConfigMap", "kube-root-ca.crt");
    map.putObject("data").put("ca.crt", "-----BEGIN CERTIFICATE-----\n".repeat(8));
    store(ACME, "", "configmaps", "default", map);
  }

  private void workloads() {
    deployment("shop", 3, 3);
    deployment("store", 1, 1);
    deployment("a-very-long-name-for-a-workload-that-somebody-generated-from-a-branch", 2, 1);
    pod("shop-7d9f8-abcde", "Running", true);
    pod("shop-7d9f8-bcdef", "Running", true);
    pod("shop-7d9f8-cdefg", "Running", true);
    pod("store-5c6d7-xyzxy", "Running", true);
    pod("a-very-long-name-for-a-workload-6f5d-qwert", "Pending", false);
  }

  private void deployment(String name, int desired, int ready) {
    ObjectNode deployment = object("apps/v1", "Deployment", name);
    ObjectNode spec = deployment.putObject("spec");
    spec.put("replicas", desired);
    spec.putObject("selector").putObject("matchLabels").put("app", name);
    ObjectNode template = spec.putObject("template");
    template.putObject("metadata").putObject("labels").put("app", name);
    ObjectNode container = template.putObject("spec").putArray("containers").addObject();
    container.put("name", "main").put("image", "argosy/demo:1");
    store(ACME, "apps", "deployments", "default", deployment);
    ObjectNode status = Json.object();
    status
        .putObject("status")
        .put("replicas", desired)
        .put("readyReplicas", ready)
        .put("updatedReplicas", desired);
    patchStatus(
        new ObjectKey(new GroupResource("apps", "deployments"), ACME, "default", name), status);
  }

  private void pod(String name, String phase, boolean ready) {
    ObjectNode pod = object("v1", "Pod", name);
    ObjectNode spec = pod.putObject("spec");
    spec.put("nodeName", "node-1");
    spec.putArray("containers").addObject().put("name", "main").put("image", "argosy/demo:1");
    store(ACME, "", "pods", "default", pod);
    ObjectNode status = Json.object();
    ObjectNode inner = status.putObject("status");
    inner.put("phase", phase);
    ObjectNode container = inner.putArray("containerStatuses").addObject();
    container.put("name", "main").put("ready", ready).put("restartCount", ready ? 0 : 4);
    ObjectNode state = container.putObject("state");
    if (ready) {
      inner.put("podIP", "10.244.0.7");
      state.putObject("running").put("startedAt", now.toString());
    } else {
      state.putObject("waiting").put("reason", "ImagePullBackOff");
    }
    patchStatus(new ObjectKey(new GroupResource("", "pods"), ACME, "default", name), status);
  }

  private void nodes() {
    ObjectNode node = object("v1", "Node", "node-1");
    ((ObjectNode) node.get("metadata")).putObject("labels").put("argosy.dev/pool", "default");
    store(ACME, "", "nodes", "", node);
    ObjectNode status = Json.object();
    ObjectNode inner = status.putObject("status");
    inner.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
    inner.putObject("allocatable").put("cpu", "2").put("memory", "24Gi");
    inner.putObject("nodeInfo").put("kubeletVersion", "v1.35.0");
    inner.putArray("addresses").addObject().put("type", "InternalIP").put("address", "192.0.2.10");
    patchStatus(new ObjectKey(new GroupResource("", "nodes"), ACME, "", "node-1"), status);
  }

  private void events() {
    ObjectNode event = object("v1", "Event", "a-very-long.1");
    event.put("type", "Warning").put("reason", "Failed").put("count", 7);
    event.put("message", "Failed to pull image \"registry.example/team/app:latest\": no such host");
    event.put("lastTimestamp", now.toString());
    event
        .putObject("involvedObject")
        .put("kind", "Pod")
        .put("namespace", "default")
        .put("name", "a-very-long-name-for-a-workload-6f5d-qwert");
    store(ACME, "", "events", "default", event);
  }

  private static ObjectNode object(String apiVersion, String kind, String name) {
    ObjectNode object = Json.object();
    object.put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  private ApiObject store(
      String cluster, String group, String resource, String namespace, ObjectNode object) {
    return api.create(
            ResourceScope.namespace(new GroupResource(group, resource), cluster, namespace), object)
        .orThrow();
  }

  private void patchStatus(ObjectKey key, ObjectNode status) {
    ObjectNode whole = api.get(key).orThrow().tree();
    whole.set("status", status.get("status"));
    api.updateStatus(key, whole).orThrow();
  }

  /** Whoever has just been invited may enter none. */
  static TenantDirectory memberOfNone() {
    return new TenantDirectory() {
      @Override
      public List<TenantChoice> tenantsOf(UserInfo user) {
        return List.of();
      }

      @Override
      public boolean administers(UserInfo user) {
        return false;
      }
    };
  }

  /** What a plain member of one tenant may enter. */
  static TenantDirectory memberOf(String tenant) {
    return new TenantDirectory() {
      @Override
      public List<TenantChoice> tenantsOf(UserInfo user) {
        return List.of(new TenantChoice(tenant, "Acme Trading"));
      }

      @Override
      public boolean administers(UserInfo user) {
        return false;
      }
    };
  }
}
