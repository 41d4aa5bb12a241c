package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.spi.ResourceStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Random writes of one client into one namespace: good ones, bad ones, and those to quotas. */
final class QuotaWrites {

  private static final String MERGE = "application/merge-patch+json";
  private static final int NAMES = 12;

  private final Map<Integer, Integer> answers = new TreeMap<>();
  private TestClient client;
  private final String path;
  private final RandomGenerator random;

  /** Into a namespace of that path. */
  QuotaWrites(TestClient client, String path, RandomGenerator random) {
    this.client = client;
    this.path = path;
    this.random = random;
  }

  /** From now on by another server. */
  void by(TestClient other) {
    client = other;
  }

  /** How many answers had which code. */
  Map<Integer, Integer> answers() {
    return answers;
  }

  private void answered(TestClient.Answer answer) {
    answers.merge(answer.code(), 1, Integer::sum);
  }

  private void delete(String path, String body) {
    answered(client.delete(this.path + path, body));
  }

  static String path(String space) {
    return "/clusters/acme/api/v1/namespaces/" + space + "/";
  }

  /** A server whose caches of what is written are filled. */
  static TestServer server(ResourceStore store) {
    TestServer server = TestServer.on(store, Map.of(), parts -> {});
    for (String resource :
        List.of("pods", "services", "configmaps", "persistentvolumeclaims", "resourcequotas")) {
      server.client().get(path("default") + resource);
    }
    // claims ask for it; a cache that begins when its server has died lets them wait
    server.client().get("/clusters/acme/apis/storage.k8s.io/v1/storageclasses");
    return server;
  }

  /** The namespace, with a quota that stays. */
  static void space(TestClient client, String space) {
    made(client, "/clusters/acme/api/v1/namespaces", "{'metadata':{'name':'" + space + "'}}");
    made(client, path(space) + "serviceaccounts", "{'metadata':{'name':'default'}}");
    made(
        client,
        path(space) + "resourcequotas",
        "{'metadata':{'name':'fixed'},'spec':{'hard':{'pods':'5','requests.cpu':'3',"
            + "'services.nodeports':'3','requests.storage':'20Gi','count/configmaps':'6'}}}");
  }

  private static void made(TestClient client, String path, String body) {
    var answer = client.post(path, body.replace('\'', '"'));
    assertThat(answer.code()).as(answer.text()).isEqualTo(201);
  }

  private String name(String prefix) {
    return prefix + random.nextInt(NAMES);
  }

  private void post(String path, String body) {
    answered(client.post(this.path + path, body.replace('\'', '"')));
  }

  private void patch(String path, String body) {
    answered(client.patch(this.path + path, MERGE, body.replace('\'', '"')));
  }

  /** Does one of them; whatever the server says to it is noted only. */
  void one() {
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> post("pods", pod());
      case 3 -> post("pods?dryRun=All", pod());
      case 4 -> post("pods", pod().replace("'image'", "'nonsense'"));
      case 5 -> delete("pods/" + name("p"), "{\"gracePeriodSeconds\":0}");
      case 6 -> kept();
      case 7 -> patch("pods/" + name("p") + "/status", "{'status':{'phase':'Succeeded'}}");
      case 8 -> patch("pods/" + name("p") + "/resize", resized());
      case 9 -> post("configmaps", "{'metadata':{'name':'" + name("m") + "'}}");
      case 10 -> delete("configmaps/" + name("m"), "");
      case 11 -> claims();
      case 12 -> services();
      default -> quotas();
    }
  }

  /** What finalizers keep is marked at first, and goes with the last of them. */
  private void kept() {
    String name = "configmaps/" + name("m");
    switch (random.nextInt(3)) {
      case 0 -> patch(name, "{'metadata':{'finalizers':['example.com/f']}}");
      case 1 -> delete(name, "");
      default -> patch(name, "{'metadata':{'finalizers':null}}");
    }
  }

  private String pod() {
    return "{'metadata':{'name':'"
        + name("p")
        + "'},'spec':{'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'"
        + (100 + random.nextInt(900))
        + "m'}}}]"
        + (random.nextInt(3) == 0 ? ",'priorityClassName':'system-cluster-critical'" : "")
        + "}}";
  }

  private String resized() {
    return "{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'"
        + (100 + random.nextInt(900))
        + "m'}}}]}}";
  }

  private void claims() {
    String name = name("v");
    int size = 1 + random.nextInt(9);
    if (random.nextBoolean()) {
      post(
          "persistentvolumeclaims",
          "{'metadata':{'name':'"
              + name
              + "'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'"
              + size
              + "Gi'}}}}");
    } else {
      delete("persistentvolumeclaims/" + name, "");
    }
  }

  private void services() {
    String name = name("s");
    switch (random.nextInt(3)) {
      case 0 ->
          post(
              "services",
              "{'metadata':{'name':'"
                  + name
                  + "'},'spec':{'type':'NodePort','ports':[{'port':1}]}}");
      case 1 ->
          patch(
              "services/" + name,
              "{'spec':{'type':'" + (random.nextBoolean() ? "ClusterIP" : "NodePort") + "'}}");
      default -> delete("services/" + name, "");
    }
  }

  /** One quota comes and goes, another gets other bounds and other scopes. */
  private void quotas() {
    String hard = "{'pods':'" + random.nextInt(8) + "','requests.cpu':'" + random.nextInt(5) + "'";
    String more = random.nextBoolean() ? "}" : ",'services':'" + random.nextInt(4) + "'}";
    switch (random.nextInt(8)) {
      case 0 -> post("resourcequotas", quota("moving", "'hard':" + hard + more));
      case 1 -> patch("resourcequotas/moving", "{'spec':{'hard':" + hard + more + "}}");
      case 2 -> delete("resourcequotas/moving", "");
      case 3 -> post("resourcequotas", quota("scoped", "'hard':" + hard + "}," + scope()));
      case 4 -> patch("resourcequotas/scoped", "{'spec':{" + scope() + "}}");
      case 5 -> delete("resourcequotas/scoped", "");
      case 6 -> patch("resourcequotas/fixed/status", "{'status':{'used':{'pods':'0'}}}");
      default ->
          patch("resourcequotas/fixed", "{'metadata':{'labels':{'a':'" + hard.length() + "'}}}");
    }
  }

  private static String quota(String name, String spec) {
    return "{'metadata':{'name':'" + name + "'},'spec':{" + spec + "}}";
  }

  private String scope() {
    String operator = random.nextBoolean() ? "Exists" : "DoesNotExist";
    return "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'"
        + operator
        + "'}]}";
  }
}
