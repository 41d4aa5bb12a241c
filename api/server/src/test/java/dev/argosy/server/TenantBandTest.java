package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.registry.Lineage;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept for important pods others cannot use up, in a tenant and in a tree of them. */
class TenantBandTest {

  private static final String QUOTAS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas";
  private static final String MERGE = "application/merge-patch+json";
  private static final BuiltinKinds KINDS = BuiltinKinds.load();

  @AutoClose private static final TestServer SERVER = TestServer.start();
  private static int trees;

  private final TestClient client = SERVER.client();
  private final Lineage lineage =
      new Lineage(r -> SERVER.store, SERVER.caches, KINDS::ofCluster, Clock.systemUTC());
  private String tree = "";

  @BeforeEach
  void newTree() {
    tree = "b" + ++trees;
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private void tenant(String name, String parent) {
    String cluster = tree + name;
    SERVER.clusters.put(cluster, Phase.ACTIVE, Set.of("default"));
    String spaces = "/clusters/" + cluster + "/api/v1/namespaces";
    assertThat(client.post(spaces, json("{'metadata':{'name':'default'}}")).code()).isEqualTo(201);
    client.post(spaces + "/default/serviceaccounts", json("{'metadata':{'name':'default'}}"));
    String classes = "/clusters/" + cluster + "/apis/scheduling.k8s.io/v1/priorityclasses";
    client.post(classes, json("{'metadata':{'name':'batch'},'value':-10}"));
    client.post(classes, json("{'metadata':{'name':'vital'},'value':1000}"));
    if (!parent.isEmpty()) {
      assertThat(lineage.place(cluster, tree + parent)).isTrue();
    }
  }

  private void quota(String tenant, String spec) {
    String name = tree + tenant;
    var made =
        client.post(
            QUOTAS,
            json("{'metadata':{'name':'" + name + "'},'spec':{'tenant':'" + name + "'," + spec)
                + "}}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private void change(String tenant, String spec) {
    var changed = client.patch(QUOTAS + "/" + tree + tenant, MERGE, json("{'spec':" + spec + "}"));
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
  }

  private TestClient.Answer pod(String tenant, String name, String priority) {
    String named = priority.isEmpty() ? "" : ",'priorityClassName':'" + priority + "'";
    String path = "/clusters/" + tree + tenant + "/api/v1/namespaces/default/pods";
    return client.post(
        path,
        json(
            "{'metadata':{'name':'"
                + name
                + "'},'spec':{'containers':[{'name':'c','image':'i',"
                + "'resources':{'requests':{'cpu':'1'}}}]"
                + named
                + "}}"));
  }

  private int gone(String tenant, String name) {
    String path = "/clusters/" + tree + tenant + "/api/v1/namespaces/default/pods/" + name;
    return client.delete(path, "{\"gracePeriodSeconds\":0}").code();
  }

  private String belowFirst(String tenant, String resource) {
    return client
        .get(QUOTAS + "/" + tree + tenant)
        .json()
        .path("status")
        .path("bands")
        .path(0)
        .path("used")
        .path(resource)
        .asString("");
  }

  @Test
  void othersCannotUseUpWhatIsKept() {
    tenant("acme", "");
    quota(
        "acme",
        "'hard':{'requests.cpu':'5','pods':'20'},'bands':["
            + "{'name':'vital','minPriority':1000,'kept':{'requests.cpu':'1'}},"
            + "{'name':'usual','minPriority':0,'kept':{'requests.cpu':'3'}}]");
    assertThat(pod("acme", "b0", "batch").code()).isEqualTo(201);
    assertThat(pod("acme", "b1", "batch").code()).isEqualTo(201);
    String q = tree + "acme";
    assertThat(pod("acme", "b2", "batch").at("message"))
        .isEqualTo(
            "pods \"b2\" is forbidden: exceeded quota: "
                + q
                + ", requested: requests.cpu=1, used: requests.cpu=2, limited: requests.cpu=2 for"
                + " pods of a priority below 0; the rest is kept for usual");
    assertThat(pod("acme", "u0", "").code()).isEqualTo(201);
    assertThat(pod("acme", "u1", "").code()).isEqualTo(201);
    assertThat(pod("acme", "u2", "").at("message"))
        .endsWith(
            "used: requests.cpu=4, limited: requests.cpu=4 for pods of a priority below 1000; the"
                + " rest is kept for vital");
    assertThat(pod("acme", "v0", "vital").code()).isEqualTo(201);
    assertThat(pod("acme", "v1", "vital").at("message"))
        .endsWith("requested: requests.cpu=1, used: requests.cpu=5, limited: requests.cpu=5");
    assertThat(gone("acme", "v0")).isEqualTo(200);
    assertThat(pod("acme", "u2", "").code()).as("still kept").isEqualTo(403);
    assertThat(gone("acme", "b0")).isEqualTo(200);
    assertThat(pod("acme", "v0", "vital").code()).isEqualTo(201);
    assertThat(pod("acme", "v1", "vital").code()).as("more than is kept for it").isEqualTo(201);
    assertThat(pod("acme", "b0", "batch").code()).as("all is used").isEqualTo(403);
    String five = json("'used':{'pods':'5','requests.cpu':'5'}");
    String bands =
        json(
            "'bands':[{'name':'usual','minPriority':0,'hard':{'requests.cpu':'2'},"
                + "'used':{'requests.cpu':'1'}},{'name':'vital','minPriority':1000,"
                + "'hard':{'requests.cpu':'4'},'used':{'requests.cpu':'3'}}]");
    Deadline.await(() -> {
      String shown = client.get(QUOTAS + "/" + q).text();
      return shown.contains(five) && shown.contains(bands);
    });
    var table =
        client.get(QUOTAS + "/" + q, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
    assertThat(table.text())
        .contains("\"below usual: requests.cpu: 1/2; below vital: requests.cpu: 3/4\"");
  }

  @Test
  void bandsMayChange() {
    tenant("acme", "");
    quota("acme", "'hard':{'pods':'3'}");
    for (String name : List.of("a", "b", "c")) {
      assertThat(pod("acme", name, "").code()).isEqualTo(201);
    }
    change("acme", "{'bands':[{'name':'vital','minPriority':1000,'kept':{'pods':'2'}}]}");
    assertThat(gone("acme", "a")).isEqualTo(200);
    assertThat(pod("acme", "d", "").code()).as("two of one").isEqualTo(403);
    assertThat(pod("acme", "v", "vital").code()).isEqualTo(201);
    assertThat(gone("acme", "b")).isEqualTo(200);
    assertThat(pod("acme", "d", "").code()).as("one of one").isEqualTo(403);
    change("acme", "{'bands':[{'name':'vital','minPriority':1000,'kept':{'pods':'1'}}]}");
    assertThat(pod("acme", "d", "").code()).isEqualTo(201);
    change("acme", "{'bands':null}");
    assertThat(gone("acme", "v")).isEqualTo(200);
    assertThat(pod("acme", "e", "").code()).isEqualTo(201);
    assertThat(pod("acme", "f", "").code()).isEqualTo(403);
    assertThat(client.get(QUOTAS + "/" + tree + "acme").text()).doesNotContain("bands");
  }

  @Test
  void nobodyButThePlatformSaysWhatIsUsed() {
    tenant("acme", "");
    quota("acme", "'hard':{'pods':'2'},'bands':[{'name':'v','minPriority':1,'kept':{'pods':'1'}}]");
    assertThat(pod("acme", "a", "").code()).isEqualTo(201);
    String lie = json("{'status':{'bands':[{'name':'v','minPriority':1,'used':{'pods':'0'}}]}}");
    assertThat(client.patch(QUOTAS + "/" + tree + "acme/status", MERGE, lie).code()).isEqualTo(200);
    Deadline.await(() -> belowFirst("acme", "pods").equals("1"));
    assertThat(pod("acme", "b", "").code()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'minPriority':1,'kept':{'pods':'1'}} | spec.bands[0].name: Required value",
        "{'name':'A b','minPriority':1,'kept':{'pods':'1'}} | spec.bands[0].name: Invalid value",
        "{'name':'a','kept':{'pods':'1'}} | spec.bands[0].minPriority: Required value",
        "{'name':'a','minPriority':2000001001,'kept':{'pods':'1'}} | must be between",
        "{'name':'a','minPriority':1} | spec.bands[0].kept: Required value",
        "{'name':'a','minPriority':1,'kept':{'pods':'6'}} | must be less than or equal to spec.hard",
        "{'name':'a','minPriority':1,'kept':{'requests.cpu':'1'}} | must be bound by spec.hard, too",
        "{'name':'a','minPriority':1,'kept':{'secrets':'1'}} | must be something that pods use",
        "{'name':'a','minPriority':1,'kept':{'pods':'-1'}} | must be greater than or equal to 0",
        "{'name':'a','minPriority':1,'kept':{'pods':'many'}} | quantities must match",
        "{'name':'a','minPriority':'high','kept':{'pods':'1'}} | minPriority",
        "{'name':'a','minPriority':1,'kept':{'pods':'1'}},{'name':'a','minPriority':2,'kept':{'pods':'1'}} | spec.bands[1]",
        "{'name':'a','minPriority':1,'kept':{'pods':'1'}},{'name':'b','minPriority':1,'kept':{'pods':'1'}} | spec.bands[1].minPriority: Duplicate value",
        "{'name':'a','minPriority':9,'kept':{'pods':'3'}},{'name':'b','minPriority':1,'kept':{'pods':'2'}} | spec.bands[1].kept[pods]: Invalid value: \"2\": must be greater than or equal to what is kept for a, which is above it"
      })
  void badBandsAreNamed(String bands, String why) {
    var answer =
        client.post(
            QUOTAS,
            json(
                "{'metadata':{'name':'bad'},'spec':{'tenant':'acme',"
                    + "'hard':{'pods':'5','secrets':'5'},'bands':["
                    + bands
                    + "]}}"));
    assertThat(answer.code()).as(answer.text()).isIn(400, 422);
    assertThat(answer.at("message")).contains(why);
  }

  @Test
  void aParentsBandsBindAllBelowIt() {
    tenant("house", "");
    tenant("wing", "house");
    tenant("annex", "house");
    quota(
        "house", "'hard':{'pods':'5'},'bands':[{'name':'v','minPriority':1,'kept':{'pods':'2'}}]");
    assertThat(pod("wing", "a", "").code()).isEqualTo(201);
    assertThat(pod("wing", "b", "").code()).isEqualTo(201);
    assertThat(pod("annex", "a", "").code()).isEqualTo(201);
    assertThat(pod("annex", "b", "").at("message")).contains("the rest is kept for v");
    assertThat(pod("annex", "v", "vital").code()).isEqualTo(201);
    assertThat(pod("wing", "v", "vital").code()).isEqualTo(201);
    assertThat(pod("house", "v", "vital").code()).isEqualTo(403);
    assertThat(lineage.place(tree + "wing", "")).as("goes with what it uses").isTrue();
    assertThat(pod("annex", "b", "").code()).isEqualTo(201);
    assertThat(pod("annex", "c", "").code()).isEqualTo(201);
    assertThat(pod("annex", "d", "").code()).isEqualTo(403);
  }

  /** A tenant as the rules say it. */
  private static final class Model {

    final List<Model> below = new ArrayList<>();
    final String name;
    final Deque<String> low = new ArrayDeque<>();
    final Deque<String> high = new ArrayDeque<>();
    int hard;
    int kept;
    int guaranteed;

    Model(String name) {
      this.name = name;
    }

    int used() {
      int sum = low.size() + high.size();
      return sum + below.stream().mapToInt(c -> Math.max(c.used(), c.guaranteed)).sum();
    }

    int lowUsed() {
      return low.size() + below.stream().mapToInt(Model::lowUsed).sum();
    }

    boolean fits() {
      return used() <= hard && lowUsed() <= hard - kept && below.stream().allMatch(Model::fits);
    }

    @Override
    public String toString() {
      return name + low.size() + "+" + high.size() + "<" + hard + "-" + kept + below;
    }
  }

  /** Random trees of bands and guarantees: what the rules admit is admitted, and nothing else. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void treesDoAsTheRulesSay(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Model> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Model model = new Model("m" + i);
      Model parent = i == 0 ? null : all.get(random.nextInt(i));
      tenant(model.name, parent == null ? "" : parent.name);
      if (parent != null) {
        parent.below.add(model);
      }
      all.add(model);
      model.hard = 4 + random.nextInt(8);
      model.kept = random.nextInt(4);
      model.guaranteed = i == 0 ? 0 : random.nextInt(2);
    }
    all.getFirst().hard += 4;
    for (Model model : all) {
      String band = "'bands':[{'name':'v','minPriority':1,'kept':{'pods':'" + model.kept + "'}}]";
      String guaranteed = ",'guaranteed':{'pods':'" + model.guaranteed + "'}";
      quota(model.name, "'hard':{'pods':'" + model.hard + "'}," + band + guaranteed);
    }
    for (int step = 0; step < 100; step++) {
      step(all, random, step, seed);
    }
    for (Model model : all) {
      Deadline.await(() -> belowFirst(model.name, "pods").equals("" + model.lowUsed()));
    }
  }

  private void step(List<Model> all, RandomGenerator random, int step, long seed) {
    Model model = all.get(random.nextInt(all.size()));
    boolean vital = random.nextBoolean();
    Deque<String> pods = vital ? model.high : model.low;
    if (!pods.isEmpty() && random.nextInt(3) == 0) {
      assertThat(gone(model.name, pods.removeFirst())).isEqualTo(200);
      return;
    }
    String name = "p" + step;
    pods.add(name);
    boolean fits = all.getFirst().fits();
    var answer = pod(model.name, name, vital ? "vital" : "");
    assertThat(answer.code())
        .as("step %d of %d, %s: %s", step, seed, model, answer.text())
        .isEqualTo(fits ? 201 : 403);
    if (!fits) {
      pods.removeLast();
    }
  }
}
