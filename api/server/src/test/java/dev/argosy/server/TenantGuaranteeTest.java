package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.registry.Lineage;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is guaranteed to a tenant nobody beside it can take; what is not, all may borrow. */
class TenantGuaranteeTest {

  private static final String QUOTAS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas";
  private static final String MERGE = "application/merge-patch+json";
  private static final String MAPS = "count/configmaps";
  private static final BuiltinKinds KINDS = BuiltinKinds.load();

  @AutoClose private static final TestServer SERVER = TestServer.start();
  private static int trees;

  private final TestClient client = SERVER.client();
  private final Lineage lineage =
      new Lineage(r -> SERVER.store, SERVER.caches, KINDS::ofCluster, Clock.systemUTC());
  private String tree = "";

  @BeforeEach
  void newTree() {
    tree = "t" + ++trees;
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private void tenant(String name, String parent) {
    String cluster = tree + name;
    SERVER.clusters.put(cluster, Phase.ACTIVE, Set.of("default"));
    String spaces = "/clusters/" + cluster + "/api/v1/namespaces";
    assertThat(client.post(spaces, json("{'metadata':{'name':'default'}}")).code()).isEqualTo(201);
    if (!parent.isEmpty()) {
      assertThat(lineage.place(cluster, tree + parent)).isTrue();
    }
  }

  private TestClient.Answer quota(String tenant, int hard, int guaranteed) {
    return client.post(QUOTAS, body(tenant, hard, guaranteed));
  }

  private String body(String tenant, int hard, int guaranteed) {
    String kept = guaranteed == 0 ? "" : ",'guaranteed':{'" + MAPS + "':'" + guaranteed + "'}";
    return json(
        "{'metadata':{'name':'"
            + tree
            + tenant
            + "'},'spec':{'tenant':'"
            + tree
            + tenant
            + "','hard':{'"
            + MAPS
            + "':'"
            + hard
            + "'}"
            + kept
            + "}}");
  }

  private TestClient.Answer guarantee(String tenant, String amount) {
    String body = json("{'spec':{'guaranteed':{'" + MAPS + "':" + amount + "}}}");
    return client.patch(QUOTAS + "/" + tree + tenant, MERGE, body);
  }

  private TestClient.Answer map(String tenant, String name) {
    String path = "/clusters/" + tree + tenant + "/api/v1/namespaces/default/configmaps";
    return client.post(path, json("{'metadata':{'name':'" + name + "'}}"));
  }

  private void maps(String tenant, int count, String prefix) {
    for (int i = 0; i < count; i++) {
      var made = map(tenant, prefix + i);
      assertThat(made.code()).as(made.text()).isEqualTo(201);
    }
  }

  private int unmap(String tenant, String name) {
    return gone(tenant, name).code();
  }

  private TestClient.Answer gone(String tenant, String name) {
    String path = "/clusters/" + tree + tenant + "/api/v1/namespaces/default/configmaps/";
    return client.delete(path + name, "");
  }

  private String status(String tenant, String part) {
    var quota = client.get(QUOTAS + "/" + tree + tenant).json();
    return quota.path("status").path(part).path(MAPS).asString("");
  }

  private void awaitStatus(String tenant, String part, String amount) {
    Deadline.await(() -> status(tenant, part).equals(amount));
  }

  private void house() {
    tenant("house", "");
    tenant("wing", "house");
    tenant("annex", "house");
    assertThat(quota("house", 10, 0).code()).isEqualTo(201);
    assertThat(quota("annex", 10, 0).code()).isEqualTo(201);
  }

  @Test
  void whatIsGuaranteedIsThereAtOnceAndTheRestIsLent() {
    house();
    assertThat(quota("wing", 8, 4).code()).isEqualTo(201);
    awaitStatus("house", "used", "4");
    awaitStatus("wing", "guaranteed", "4");
    maps("annex", 6, "a");
    assertThat(map("annex", "more").at("message"))
        .contains(
            "exceeded quota: "
                + tree
                + "house, requested: "
                + MAPS
                + "=1, used: "
                + MAPS
                + "=10, limited: "
                + MAPS
                + "=10");
    maps("wing", 4, "w");
    awaitStatus("house", "used", "10");
    assertThat(status("wing", "borrowed")).isEqualTo("0");
    assertThat(map("wing", "more").code()).as("nothing is left to borrow").isEqualTo(403);
    assertThat(unmap("annex", "a0")).isEqualTo(200);
    assertThat(unmap("annex", "a1")).isEqualTo(200);
    maps("wing", 2, "borrowed");
    awaitStatus("wing", "borrowed", "2");
    assertThat(map("annex", "more").code()).isEqualTo(403);
    assertThat(unmap("wing", "w0")).as("what is borrowed goes back first").isEqualTo(200);
    assertThat(map("annex", "more").code()).isEqualTo(201);
    assertThat(unmap("wing", "w1")).isEqualTo(200);
    assertThat(unmap("wing", "w2")).as("now its own").isEqualTo(200);
    assertThat(map("annex", "again").code()).isEqualTo(201);
    assertThat(map("annex", "and-again").code()).isEqualTo(403);
    assertThat(map("wing", "w2").code()).isEqualTo(201);
    var table =
        client.get(
            QUOTAS + "/" + tree + "wing", "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
    assertThat(table.text()).contains("\"Guaranteed\"", "\"Borrowed\"", MAPS + ": 4");
  }

  @Test
  void moreThanThereIsCannotBeGuaranteed() {
    house();
    maps("annex", 5, "a");
    assertThat(quota("wing", 8, 6).at("message"))
        .isEqualTo(
            "tenantquotas.tenancy.argosy.dev \""
                + tree
                + "wing\" is forbidden: exceeded quota: "
                + tree
                + "house, requested: "
                + MAPS
                + "=6, used: "
                + MAPS
                + "=5, limited: "
                + MAPS
                + "=10");
    assertThat(client.get(QUOTAS + "/" + tree + "wing").code()).isEqualTo(404);
    maps("wing", 3, "w");
    assertThat(quota("wing", 8, 5).code()).as("three of them are used already").isEqualTo(201);
    awaitStatus("house", "used", "10");
    assertThat(guarantee("wing", "'6'").code()).isEqualTo(403);
    var dry = QUOTAS + "/" + tree + "wing?dryRun=All";
    var wished = json("{'spec':{'guaranteed':{'" + MAPS + "':'6'}}}");
    assertThat(client.patch(dry, MERGE, wished).code()).isEqualTo(403);
    assertThat(guarantee("annex", "'5'").code()).as("all of it is used").isEqualTo(200);
    awaitStatus("annex", "guaranteed", "5");
    assertThat(unmap("annex", "a0")).isEqualTo(200);
    assertThat(map("wing", "w3").code()).isEqualTo(201);
    assertThat(map("wing", "w4").code()).isEqualTo(201);
    assertThat(map("wing", "w5").code()).as("kept for the annex").isEqualTo(403);
    assertThat(guarantee("annex", "null").code()).isEqualTo(200);
    assertThat(map("wing", "w5").code()).isEqualTo(201);
    awaitStatus("annex", "guaranteed", "");
    awaitStatus("house", "used", "10");
  }

  @Test
  void aQuotaThatGoesFreesWhatWasKeptForIt() {
    house();
    assertThat(quota("wing", 8, 8).code()).isEqualTo(201);
    assertThat(map("annex", "a").code()).isEqualTo(201);
    assertThat(map("annex", "b").code()).isEqualTo(201);
    assertThat(map("annex", "c").code()).isEqualTo(403);
    assertThat(client.delete(QUOTAS + "/" + tree + "wing", "").code()).isEqualTo(200);
    assertThat(map("annex", "c").code()).isEqualTo(201);
    awaitStatus("house", "used", "3");
    assertThat(quota("wing", 8, 8).code()).isEqualTo(403);
    assertThat(quota("wing", 8, 7).code()).isEqualTo(201);
    assertThat(lineage.place(tree + "wing", "")).as("goes with its guarantee").isTrue();
    awaitStatus("house", "used", "3");
    assertThat(lineage.place(tree + "wing", tree + "house")).isTrue();
    awaitStatus("house", "used", "10");
  }

  @Test
  void ofSeveralQuotasThatGuaranteeTheSameTheLargestCounts() {
    house();
    assertThat(quota("wing", 8, 4).code()).isEqualTo(201);
    String second = body("wing", 9, 6).replace("{\"name\":\"" + tree, "{\"name\":\"second-" + tree);
    assertThat(client.post(QUOTAS, second).code()).isEqualTo(201);
    awaitStatus("house", "used", "6");
    maps("annex", 4, "a");
    assertThat(map("annex", "more").code()).isEqualTo(403);
    maps("wing", 6, "w");
    assertThat(map("wing", "more").code()).isEqualTo(403);
    assertThat(unmap("wing", "w0")).isEqualTo(200);
    assertThat(map("annex", "more").code()).isEqualTo(403);
    assertThat(client.delete(QUOTAS + "/second-" + tree + "wing", "").code()).isEqualTo(200);
    assertThat(map("annex", "more").code()).isEqualTo(201);
    assertThat(guarantee("wing", "'8'").code()).isEqualTo(403);
    awaitStatus("house", "used", "10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'hard':{'pods':'3'},'guaranteed':{'pods':'4'} | must be less than or equal to spec.hard",
        "'hard':{'pods':'3'},'guaranteed':{'secrets':'1'} | must be bound by spec.hard, too",
        "'hard':{'pods':'3'},'guaranteed':{'pods':'-1'} | must be greater than or equal to 0",
        "'hard':{'pods':'3'},'guaranteed':{'pods':'many'} | quantities must match",
        "'hard':{'pods':'3'},'guaranteed':['pods'] | guaranteed",
        "'alone':true,'hard':{'pods':'3'},'guaranteed':{'pods':'1'} | may not be set if alone is",
        "'hard':{'count/events':'3'},'guaranteed':{'count/events':'1'} | cannot be guaranteed",
        "'hard':{'pods':'3','etcd.argosy.dev/objects':'9'},'guaranteed':{'pods':'1'} | where room in etcd is bound"
      })
  void badGuaranteesAreNamed(String spec, String why) {
    var answer =
        client.post(
            QUOTAS, json("{'metadata':{'name':'bad'},'spec':{'tenant':'acme'," + spec + "}}"));
    assertThat(answer.code()).as(answer.text()).isIn(400, 422);
    assertThat(answer.at("message")).contains(why);
  }

  @Test
  void nobodyButThePlatformSaysWhatIsGuaranteed() {
    house();
    assertThat(quota("wing", 8, 4).code()).isEqualTo(201);
    awaitStatus("wing", "guaranteed", "4");
    String lie = json("{'status':{'guaranteed':{'" + MAPS + "':'0'},'borrowed':null}}");
    assertThat(client.patch(QUOTAS + "/" + tree + "wing/status", MERGE, lie).code()).isEqualTo(200);
    assertThat(status("wing", "guaranteed")).isEqualTo("4");
    assertThat(status("wing", "borrowed")).isEqualTo("0");
  }

  /** A tenant as the rule says it, without shares, transactions or caches. */
  private static final class Model {

    final List<Model> below = new ArrayList<>();
    final String name;
    int own;
    int hard = Integer.MAX_VALUE;
    int kept;

    Model(String name) {
      this.name = name;
    }

    int used() {
      return own + below.stream().mapToInt(child -> Math.max(child.used(), child.kept)).sum();
    }

    @Override
    public String toString() {
      return name + "(" + own + " of " + hard + ", kept " + kept + ")" + below;
    }

    boolean fits() {
      return used() <= hard && below.stream().allMatch(Model::fits);
    }
  }

  /** Random trees, random writes: whatever the model admits is admitted, and nothing else. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void treesDoAsTheRuleSays(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Model> all = new ArrayList<>();
    Map<Model, Model> above = new HashMap<>();
    for (int i = 0; i < 6; i++) {
      Model model = new Model("m" + i);
      Model parent = i == 0 ? null : all.get(random.nextInt(i));
      tenant(model.name, parent == null ? "" : parent.name);
      if (parent != null) {
        parent.below.add(model);
        above.put(model, parent);
      }
      all.add(model);
    }
    for (Model model : all) {
      if (model == all.getFirst() || random.nextInt(4) > 0) {
        model.hard = 3 + random.nextInt(12);
        assertThat(quota(model.name, model.hard, 0).code()).isEqualTo(201);
      }
    }
    for (int step = 0; step < 250; step++) {
      step(all, random, "step " + step + " of " + seed);
    }
    for (Model model : all) {
      if (model.hard < Integer.MAX_VALUE) {
        awaitStatus(model.name, "used", "" + model.used());
      }
    }
  }

  private void step(List<Model> all, RandomGenerator random, String what) {
    Model model = all.get(random.nextInt(all.size()));
    int own = model.own;
    int kept = model.kept;
    TestClient.Answer answer;
    int kind = random.nextInt(model.hard == Integer.MAX_VALUE ? 5 : 8);
    if (kind < 3 || own == 0 && kind < 5) {
      model.own++;
      answer = map(model.name, "m" + own);
    } else if (kind < 5) {
      model.own--;
      answer = gone(model.name, "m" + (own - 1));
    } else {
      model.kept = random.nextInt(model.hard + 1);
      answer = guarantee(model.name, "'" + model.kept + "'");
    }
    boolean fits = all.getFirst().fits();
    assertThat(answer.code() / 100)
        .as("%s: %s of %s: %s", what, kind, model, answer.text())
        .isEqualTo(fits ? 2 : 4);
    if (!fits) {
      model.own = own;
      model.kept = kept;
    }
  }
}
