package dev.argosy.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Policies over HTTP, each test with a config map's key and a namespace of its own. */
class PolicyTest {

  private static final String GROUP = "/apis/admissionregistration.k8s.io/";
  private static final String POLICIES = GROUP + "v1/validatingadmissionpolicies";
  private static final String BINDINGS = GROUP + "v1/validatingadmissionpolicybindings";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final TestClient client = SERVER.client();
  private final String name = "p" + NUMBER.incrementAndGet();
  private final String cluster = "/clusters/acme";
  private final String maps = cluster + "/api/v1/namespaces/" + name + "/configmaps";

  private void namespace() {
    created(
        "/clusters/acme/api/v1/namespaces",
        "{'metadata':{'name':'" + name + "','labels':{'t':'" + name + "'}}}");
  }

  private TestClient.Answer created(String path, String body) {
    TestClient.Answer answer = client.post(path, body.replace('\'', '"'));
    assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  /** A policy over the config maps of this test's namespace. */
  private String policy(String spec) {
    return "{'metadata':{'name':'"
        + name
        + "'},'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':[''],'apiVersions':['v1'],"
        + "'operations':['CREATE','UPDATE'],'resources':['configmaps']}],"
        + "'namespaceSelector':{'matchLabels':{'t':'"
        + name
        + "'}}},"
        + spec
        + "}}";
  }

  private String binding(String more) {
    return "{'metadata':{'name':'"
        + name
        + "-b'},'spec':{'policyName':'"
        + name
        + "'"
        + more
        + "}}";
  }

  private TestClient.Answer map(String map, String data) {
    return client.post(
        maps + "?dryRun=All",
        ("{'metadata':{'name':'" + map + "'},'data':{" + data + "}}").replace('\'', '"'));
  }

  /** Parameters come from the cache, which has all that a list has shown. */
  private void seen() {
    assertThat(client.get(maps).code()).isEqualTo(200);
  }

  /** Policies come into force a moment after they are written. */
  private static TestClient.Answer await(Supplier<TestClient.Answer> call, int code) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    TestClient.Answer answer = call.get();
    while (answer.code() != code && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
      answer = call.get();
    }
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    return answer;
  }

  @Test
  void deniesWhatIsNotTrue() {
    namespace();
    created(
        cluster + POLICIES,
        policy(
            "'variables':[{'name':'color','expression':'object.data.color'}],"
                + "'validations':[{'expression':'variables.color == \\'red\\'',"
                    .replace("\\'", "\\u0027")
                + "'messageExpression':'\\u0027got \\u0027 + variables.color'}]"));
    created(cluster + BINDINGS, binding(",'validationActions':['Deny']"));

    TestClient.Answer denied = await(() -> map("a", "'color':'blue'"), 422);
    String why =
        "ValidatingAdmissionPolicy '"
            + name
            + "' with binding '"
            + name
            + "-b' denied request: got blue";
    assertThat(denied.at("message")).isEqualTo("configmaps \"a\" is forbidden: " + why);
    assertThat(denied.at("reason")).isEqualTo("Invalid");
    assertThat(denied.at("details.causes.0.message")).isEqualTo(why);
    assertThat(map("a", "'color':'red'").code()).isEqualTo(201);

    TestClient.Answer failed = map("a", "'other':'x'");
    assertThat(failed.code()).isEqualTo(422);
    assertThat(failed.at("message"))
        .contains(
            "expression 'variables.color == 'red'' resulted in error: composited variable"
                + " \"color\" fails to evaluate: no such key: color");
  }

  @Test
  void takesReasonAndConditions() {
    namespace();
    created(
        cluster + POLICIES,
        policy(
            "'matchConditions':[{'name':'not-x','expression':'object.metadata.name != \\u0027x\\u0027'}],"
                + "'validations':[{'expression':'has(object.data.ok)','reason':'Forbidden',"
                + "'message':'ok is missing'}]"));
    created(cluster + BINDINGS, binding(",'validationActions':['Deny']"));

    TestClient.Answer denied = await(() -> map("a", "'no':'x'"), 403);
    assertThat(denied.at("reason")).isEqualTo("Forbidden");
    assertThat(denied.at("message")).endsWith("denied request: ok is missing");
    assertThat(map("x", "'no':'x'").code()).isEqualTo(201);
  }

  @Test
  void warnsInsteadOfDenying() {
    namespace();
    created(
        cluster + POLICIES,
        policy("'validations':[{'expression':'object.data.size() < 2','message':'too many'}]"));
    created(cluster + BINDINGS, binding(",'validationActions':['Warn']"));

    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    TestClient.Answer answer = map("a", "'a':'1','b':'2'");
    while (answer.header("Warning").isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
      answer = map("a", "'a':'1','b':'2'");
    }
    assertThat(answer.code()).isEqualTo(201);
    assertThat(answer.header("Warning"))
        .contains(
            "Validation failed for ValidatingAdmissionPolicy '"
                + name
                + "' with binding '"
                + name
                + "-b': too many");
  }

  @Test
  void takesParameters() {
    namespace();
    created(maps, "{'metadata':{'name':'limit'},'data':{'most':'3'}}");
    seen();
    created(
        cluster + POLICIES,
        policy(
            "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},"
                + "'validations':[{'expression':"
                + "'!has(object.data.n) || int(object.data.n) <= int(params.data.most)'}]"));
    created(
        cluster + BINDINGS,
        binding(
            ",'validationActions':['Deny'],'paramRef':{'name':'limit','namespace':'"
                + name
                + "','parameterNotFoundAction':'Deny'}"));

    await(() -> map("a", "'n':'4'"), 422);
    assertThat(map("a", "'n':'3'").code()).isEqualTo(201);
    client.delete(maps + "/limit", "");
    TestClient.Answer missing = await(() -> map("a", "'n':'3'"), 422);
    assertThat(missing.at("message"))
        .endsWith(
            "failed to configure binding: no params found for policy binding with `Deny`"
                + " parameterNotFoundAction");
  }

  @Test
  void selectsParametersAndRequests() {
    namespace();
    created(maps, "{'metadata':{'name':'one','labels':{'p':'" + name + "'}},'data':{'no':'a'}}");
    created(maps, "{'metadata':{'name':'two','labels':{'p':'" + name + "'}},'data':{'no':'b'}}");
    seen();
    created(
        cluster + POLICIES,
        policy(
            "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},'validations':[{'expression':"
                + "'!(params.data.no in object.data)','messageExpression':"
                + "'\\u0027no \\u0027 + params.data.no'}]"));
    created(
        cluster + BINDINGS,
        binding(
            ",'validationActions':['Deny'],'paramRef':{'selector':{'matchLabels':{'p':'"
                + name
                + "'}},'parameterNotFoundAction':'Allow'},"
                + "'matchResources':{'objectSelector':{'matchExpressions':"
                + "[{'key':'free','operator':'DoesNotExist'}]}}"));

    assertThat(await(() -> map("a", "'a':'1'"), 422).at("message"))
        .endsWith("denied request: no a");
    assertThat(map("a", "'b':'1'").at("message")).endsWith("denied request: no b");
    assertThat(map("a", "'c':'1'").code()).isEqualTo(201);
    assertThat(map("a','labels':{'free':'1'},'generateName':'", "'a':'1'").code()).isEqualTo(201);
  }

  @Test
  void errorsPassWhereThePolicySaysSo() {
    namespace();
    created(
        cluster + POLICIES,
        policy(
            "'failurePolicy':'Ignore','validations':[{'expression':'object.data.x == \\u0027y\\u0027'}]"));
    created(cluster + BINDINGS, binding(",'validationActions':['Deny']"));

    await(() -> map("a", "'x':'z'"), 422);
    assertThat(map("a", "'other':'1'").code()).isEqualTo(201);
  }

  @Test
  void guardsDeletions() {
    namespace();
    created(maps, "{'metadata':{'name':'kept'},'data':{'keep':'yes'}}");
    created(
        cluster + POLICIES,
        policy("'validations':[{'expression':'oldObject.data.keep != \\u0027yes\\u0027'}]")
            .replace("'CREATE','UPDATE'", "'DELETE'"));
    created(cluster + BINDINGS, binding(",'validationActions':['Deny']"));

    TestClient.Answer denied = await(() -> client.delete(maps + "/kept?dryRun=All", ""), 422);
    assertThat(denied.at("message"))
        .endsWith("denied request: failed expression: oldObject.data.keep != 'yes'");
  }

  @Test
  void staysInItsCluster() {
    SERVER.clusters.put("other", Phase.ACTIVE, Set.of("default"));
    namespace();
    created(
        "/clusters/other/api/v1/namespaces",
        "{'metadata':{'name':'" + name + "','labels':{'t':'" + name + "'}}}");
    created(cluster + POLICIES, policy("'validations':[{'expression':'false'}]"));
    created(cluster + BINDINGS, binding(",'validationActions':['Deny']"));

    await(() -> map("a", "'n':'4'"), 422);
    TestClient.Answer elsewhere =
        client.post(
            "/clusters/other/api/v1/namespaces/" + name + "/configmaps",
            "{\"metadata\":{\"name\":\"a\"}}");
    assertThat(elsewhere.code()).as(elsewhere.text()).isEqualTo(201);
  }

  @Test
  void asksTheAuthorizer() {
    namespace();
    created(
        cluster + POLICIES,
        policy(
            "'validations':[{'expression':'authorizer.group(\\u0027\\u0027).resource(\\u0027secrets\\u0027)"
                + ".namespace(\\u0027x\\u0027).check(\\u0027get\\u0027).allowed() &&"
                + " authorizer.requestResource.check(\\u0027create\\u0027).allowed() &&"
                + " request.userInfo.username == \\u0027system:admin\\u0027 &&"
                + " namespaceObject.metadata.labels.t == \\u0027"
                + name
                + "\\u0027 && object.metadata.name != \\u0027bad\\u0027'}]"));
    created(cluster + BINDINGS, binding(",'validationActions':['Deny']"));

    await(() -> map("bad", "'n':'4'"), 422);
    assertThat(map("good", "'n':'4'").code()).isEqualTo(201);
  }

  @Test
  void endsWhatCostsTooMuch() {
    namespace();
    String nested = "[0,1,2,3,4,5,6,7,8,9].all(x, ".repeat(8) + "x >= 0" + ")".repeat(8);
    created(cluster + POLICIES, policy("'validations':[{'expression':'" + nested + "'}]"));
    created(cluster + BINDINGS, binding(",'validationActions':['Deny']"));

    TestClient.Answer denied = await(() -> map("a", "'n':'4'"), 422);
    assertThat(denied.at("message"))
        .endsWith(
            "validation failed due to running out of cost budget, no further validation rules will"
                + " be run");
  }

  @Test
  void refusesWhatDoesNotCompile() {
    TestClient.Answer refused =
        client.post(
            cluster + POLICIES,
            policy("'validations':[{'expression':'object.x +'},{'expression':'1 + 1'}]")
                .replace('\'', '"'));
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.at("message"))
        .startsWith("ValidatingAdmissionPolicy.admissionregistration.k8s.io \"" + name + "\" is")
        .contains(
            "spec.validations[0].expression: Invalid value: \"object.x +\": compilation failed:"
                + " ERROR: <input>:1:11: Syntax error:")
        .contains(
            "spec.validations[1].expression: Invalid value: \"1 + 1\": must evaluate to bool");
  }

  @Test
  void notesWhatTypesDoNotFit() {
    TestClient.Answer made =
        created(
            cluster + POLICIES,
            "{'metadata':{'name':'"
                + name
                + "'},'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':['apps'],"
                + "'apiVersions':['v1'],'operations':['CREATE'],'resources':['deployments']}]},"
                + "'validations':[{'expression':'object.spec.replicas > \\u00271\\u0027'},"
                + "{'expression':'object.spec.replicas > 1'}]}}");
    assertThat(made.at("status.observedGeneration")).isEqualTo("1");
    assertThat(made.at("status.typeChecking.expressionWarnings.0.fieldRef"))
        .isEqualTo("spec.validations[0].expression");
    assertThat(made.at("status.typeChecking.expressionWarnings.0.warning"))
        .startsWith("apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload");
    assertThat(made.at("status.typeChecking.expressionWarnings.1.warning")).isEmpty();
  }

  @Test
  void mutates() {
    namespace();
    created(
        cluster + GROUP + "v1beta1/mutatingadmissionpolicies",
        policy(
            "'failurePolicy':'Fail','reinvocationPolicy':'Never','mutations':["
                + "{'patchType':'ApplyConfiguration','applyConfiguration':{'expression':"
                + "'Object{metadata: Object.metadata{labels: {\\u0027made\\u0027: request.operation}}}'}},"
                + "{'patchType':'JSONPatch','jsonPatch':{'expression':"
                + "'[JSONPatch{op: \\u0027add\\u0027, path: \\u0027/metadata/labels/second\\u0027,"
                + " value: object.metadata.labels.made}]'}}]"));
    created(cluster + GROUP + "v1beta1/mutatingadmissionpolicybindings", binding(""));

    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    TestClient.Answer answer = map("a", "'a':'1'");
    while (answer.at("metadata.labels.made").isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
      answer = map("a", "'a':'1'");
    }
    assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    assertThat(answer.at("metadata.labels.made")).isEqualTo("CREATE");
    assertThat(answer.at("metadata.labels.second")).isEqualTo("CREATE");
    assertThat(answer.at("data.a")).isEqualTo("1");
  }
}
