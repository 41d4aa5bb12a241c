package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.quota.Waiting;
import dev.argosy.server.registry.Lineage;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods for which a quota has no room wait for it, if the quota says so. */
class TenantQueueTest {

  private static final String QUOTAS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas";
  private static final String MERGE = "application/merge-patch+json";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final BuiltinKinds KINDS = BuiltinKinds.load();

  @AutoClose private static final TestServer SERVER = TestServer.start();
  private static int trees;

  private final TestClient client = SERVER.client();
  private String tree = "";

  @BeforeEach
  void newTree() {
    tree = "q" + ++trees;
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private void tenant(String name) {
    String cluster = tree + name;
    SERVER.clusters.put(cluster, Phase.ACTIVE, Set.of("default"));
    String spaces = "/clusters/" + cluster + "/api/v1/namespaces";
    for (String space : List.of("one", "two")) {
      client.post(spaces, json("{'metadata':{'name':'" + space + "'}}"));
      client.post(
          spaces + "/" + space + "/serviceaccounts", json("{'metadata':{'name':'default'}}"));
    }
    String classes = "/clusters/" + cluster + "/apis/scheduling.k8s.io/v1/priorityclasses";
    client.post(classes, json("{'metadata':{'name':'vital'},'value':1000}"));
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

  private String pods(String tenant, String space) {
    return "/clusters/" + tree + tenant + "/api/v1/namespaces/" + space + "/pods";
  }

  private static String body(String name, String more) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "'},'spec':{'containers':[{'name':'c','image':'i',"
            + "'resources':{'requests':{'cpu':'1'}}}]"
            + more
            + "}}");
  }

  private TestClient.Answer pod(String place, String name, String more) {
    return client.post(place, body(name, more));
  }

  /** Makes pods in order of which none may be refused. */
  private void made(String place, String... names) {
    for (String name : names) {
      var answer = pod(place, name, "");
      assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    }
  }

  private void gone(String place, String name) {
    var answer = client.delete(place + "/" + name, "{\"gracePeriodSeconds\":0}");
    assertThat(answer.code()).as(answer.text()).isEqualTo(200);
  }

  private boolean waits(String place, String name) {
    return Waiting.waits(client.get(place + "/" + name).json());
  }

  private void awaitIn(String place, String name) {
    Deadline.await(() -> !waits(place, name));
  }

  private JsonNode status(String tenant) {
    return client.get(QUOTAS + "/" + tree + tenant).json().path("status");
  }

  private void awaitStatus(String tenant, String pods, int waiting) {
    Deadline.await(() -> {
      JsonNode status = status(tenant);
      return status.path("used").path("pods").asString("").equals(pods)
          && status.path("queue").path("waiting").asInt(-1) == waiting;
    });
  }

  private int places(String tenant) {
    return SERVER.store.list(Waiting.RESOURCE, tree + tenant, 0, null, 0).values().size();
  }

  @Test
  void podsWaitAndAreLetInInOrder() {
    tenant("acme");
    quota("acme", "'hard':{'pods':'2','requests.cpu':'9'},'whenExceeded':'Queue'");
    String one = pods("acme", "one");
    made(one, "a", "b", "c", "d");
    JsonNode waiting = client.get(one + "/d").json();
    assertThat(waits(one, "b")).isFalse();
    assertThat(waiting.path("spec").path("schedulingGates").toString())
        .isEqualTo("[{\"name\":\"argosy.dev/quota\"}]");
    JsonNode condition = waiting.path("status").path("conditions").path(0);
    assertThat(condition.path("reason").asString("")).isEqualTo("SchedulingGated");
    assertThat(condition.path("message").asString(""))
        .isEqualTo("waits for room in quota " + tree + "acme, at place 2");
    assertThat(waiting.path("metadata").path("annotations").toString())
        .contains("waits for room in quota " + tree + "acme, at place 2");
    awaitStatus("acme", "2", 2);
    assertThat(status("acme").path("used").path("requests.cpu").asString("")).isEqualTo("2");
    var vital = pod(one, "v", ",'priorityClassName':'vital'");
    assertThat(vital.text()).contains("argosy.dev/waits-for");
    gone(one, "a");
    awaitIn(one, "v");
    gone(one, "b");
    awaitIn(one, "c");
    assertThat(waits(one, "d")).isTrue();
    awaitStatus("acme", "2", 1);
    JsonNode let = client.get(one + "/c").json();
    assertThat(let.path("status").path("conditions").isEmpty()).isTrue();
    assertThat(let.path("metadata").path("annotations").isEmpty()).isTrue();
    gone(one, "d");
    awaitStatus("acme", "2", 0);
    assertThat(places("acme")).isZero();
    gone(one, "c");
    awaitStatus("acme", "1", 0);
  }

  @Test
  void nobodyButThePlatformLetsThemIn() {
    tenant("acme");
    quota("acme", "'hard':{'pods':'1'},'whenExceeded':'Queue'");
    String one = pods("acme", "one");
    made(one, "a", "b");
    String why = "argosy.dev/quota";
    var patched =
        client.patch(
            one + "/b", JSON_PATCH, json("[{'op':'remove','path':'/spec/schedulingGates'}]"));
    assertThat(patched.code()).as(patched.text()).isEqualTo(422);
    assertThat(patched.at("message")).contains("spec.schedulingGates: Forbidden").contains(why);
    ObjectNode freed = (ObjectNode) client.get(one + "/b").json();
    freed.withObject("spec").remove("schedulingGates");
    assertThat(client.put(one + "/b", freed.toString()).code()).isEqualTo(422);
    var bound =
        client.post(
            one + "/b/binding", json("{'metadata':{'name':'b'},'target':{'name':'node-1'}}"));
    assertThat(bound.code()).as(bound.text()).isEqualTo(409);
    var set = pod(one, "c", ",'schedulingGates':[{'name':'argosy.dev/quota'}]");
    assertThat(set.code()).as(set.text()).isEqualTo(422);
    assertThat(waits(one, "b")).isTrue();
    awaitStatus("acme", "1", 1);
    var own = pod(one, "own", ",'schedulingGates':[{'name':'example.com/mine'}]");
    assertThat(own.text()).contains("example.com/mine", "argosy.dev/quota");
    gone(one, "a");
    awaitIn(one, "b");
    gone(one, "b");
    awaitIn(one, "own");
    assertThat(client.get(one + "/own").text()).contains("example.com/mine");
  }

  @Test
  void noMoreWaitThanMayAndNothingWaitsForEver() {
    tenant("acme");
    quota("acme", "'hard':{'requests.cpu':'1'},'whenExceeded':'Queue','maxWaiting':1");
    String one = pods("acme", "one");
    made(one, "a", "b");
    assertThat(pod(one, "c", "").at("message"))
        .isEqualTo(
            "pods \"c\" is forbidden: exceeded quota: "
                + tree
                + "acme, and as many pods wait for it as may: 1");
    assertThat(client.post(one + "?dryRun=All", body("c", "")).code()).isEqualTo(403);
    String large = body("large", "").replace("\"cpu\":\"1\"", "\"cpu\":\"2\"");
    assertThat(client.post(one, large).at("message"))
        .endsWith("requested: requests.cpu=2, used: requests.cpu=1, limited: requests.cpu=1");
    gone(one, "b");
    var dry = client.post(one + "?dryRun=All", body("c", ""));
    assertThat(dry.code()).isEqualTo(201);
    assertThat(Waiting.waits(dry.json())).isTrue();
    assertThat(places("acme")).isZero();
    var fixed = pod(one, "fixed", ",'nodeName':'node-1'");
    assertThat(fixed.code()).as("has its node already").isEqualTo(403);
    made(one, "c");
    change("acme", "{'hard':{'requests.cpu':'2'}}");
    awaitIn(one, "c");
    made(one, "d");
    assertThat(waits(one, "d")).isTrue();
    assertThat(client.delete(QUOTAS + "/" + tree + "acme", "").code()).isEqualTo(200);
    awaitIn(one, "d");
    assertThat(places("acme")).isZero();
  }

  @Test
  void namespacesTakeTurns() {
    tenant("acme");
    quota("acme", "'hard':{'pods':'1'},'whenExceeded':'Queue'");
    String one = pods("acme", "one");
    String two = pods("acme", "two");
    made(one, "a0", "a1", "a2", "a3");
    made(two, "b1", "b2");
    gone(one, "a0");
    awaitIn(one, "a1");
    gone(one, "a1");
    awaitIn(two, "b1");
    made(two, "b3");
    gone(two, "b1");
    awaitIn(one, "a2");
    gone(one, "a2");
    awaitIn(two, "b2");
    gone(two, "b2");
    awaitIn(one, "a3");
    gone(one, "a3");
    awaitIn(two, "b3");
  }

  @Test
  void nobodyOvertakes() {
    tenant("acme");
    quota("acme", "'hard':{'requests.cpu':'3'},'whenExceeded':'Queue'");
    String one = pods("acme", "one");
    made(one, "a", "b");
    String large = body("large", "").replace("\"cpu\":\"1\"", "\"cpu\":\"3\"");
    assertThat(client.post(one, large).code()).isEqualTo(201);
    made(one, "small");
    assertThat(waits(one, "small")).as("would fit, but is not first").isTrue();
    assertThat(waits(one, "large")).isTrue();
    assertThat(pod(one, "v", ",'priorityClassName':'vital'").text()).doesNotContain("Gates");
    gone(one, "a");
    gone(one, "b");
    gone(one, "v");
    awaitIn(one, "large");
    assertThat(waits(one, "small")).isTrue();
    gone(one, "large");
    awaitIn(one, "small");
  }

  @Test
  void bandsAndParentsBindThoseWhoWait() {
    tenant("house");
    tenant("wing");
    Lineage lineage =
        new Lineage(r -> SERVER.store, SERVER.caches, KINDS::ofCluster, Clock.systemUTC());
    assertThat(lineage.place(tree + "wing", tree + "house")).isTrue();
    quota(
        "house",
        "'hard':{'pods':'3'},'whenExceeded':'Queue',"
            + "'bands':[{'name':'v','minPriority':1,'kept':{'pods':'1'}}]");
    quota("wing", "'hard':{'pods':'3'}");
    String wing = pods("wing", "one");
    String house = pods("house", "one");
    made(wing, "a", "b", "c");
    assertThat(waits(wing, "c")).as("the rest is kept").isTrue();
    assertThat(pod(wing, "v", ",'priorityClassName':'vital'").text()).doesNotContain("Gates");
    awaitStatus("house", "3", 1);
    made(house, "h");
    assertThat(waits(house, "h")).isTrue();
    assertThat(pod(wing, "d", "").at("message"))
        .as("its own quota refuses")
        .contains("exceeded quota: " + tree + "wing, requested: pods=1, used: pods=3");
    gone(wing, "v");
    assertThat(waits(wing, "c")).as("still kept").isTrue();
    gone(wing, "a");
    Deadline.await(() -> !waits(wing, "c") || !waits(house, "h"));
    gone(wing, "b");
    awaitIn(wing, "c");
    awaitIn(house, "h");
    awaitStatus("house", "2", 0);
  }

  @Test
  void resourceQuotasDoAsInKubernetes() {
    tenant("acme");
    quota("acme", "'hard':{'pods':'1'},'whenExceeded':'Queue'");
    String quotas = pods("acme", "one").replace("/pods", "/resourcequotas");
    assertThat(
            client
                .post(quotas, json("{'metadata':{'name':'r'},'spec':{'hard':{'pods':'2'}}}"))
                .code())
        .isEqualTo(201);
    String one = pods("acme", "one");
    made(one, "a", "b");
    assertThat(waits(one, "b")).isTrue();
    assertThat(pod(one, "c", "").at("message"))
        .as("those who wait count, too")
        .endsWith("exceeded quota: r, requested: pods=1, used: pods=2, limited: pods=2");
    gone(one, "b");
    made(one, "c");
    gone(one, "a");
    awaitIn(one, "c");
    Deadline.await(() ->
        client
            .get(quotas + "/r")
            .json()
            .path("status")
            .path("used")
            .path("pods")
            .asString("")
            .equals("1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'whenExceeded':'Wait' | spec.whenExceeded: Unsupported value",
        "'whenExceeded':'Queue','maxWaiting':0 | must be between 1 and 10000",
        "'whenExceeded':'Queue','maxWaiting':'ten' | maxWaiting",
        "'maxWaiting':5 | spec.maxWaiting: Forbidden"
      })
  void badQueuesAreNamed(String spec, String why) {
    var answer =
        client.post(
            QUOTAS,
            json(
                "{'metadata':{'name':'bad'},'spec':{'tenant':'acme','hard':{'pods':'5'},"
                    + spec
                    + "}}"));
    assertThat(answer.code()).as(answer.text()).isIn(400, 422);
    assertThat(answer.at("message")).contains(why);
  }

  /** A pod as the rule says it. */
  private record Guest(String space, String name, int priority, long turn, int since) {}

  private static final Comparator<Guest> ORDER =
      Comparator.comparingInt(Guest::priority)
          .reversed()
          .thenComparingLong(Guest::turn)
          .thenComparingInt(Guest::since);

  /** The line as the rule says it, without shares, gates or loops. */
  private static final class Model {

    static final int HARD = 4;
    static final int KEPT = 1;
    final List<Guest> in = new ArrayList<>();
    final List<Guest> line = new ArrayList<>();

    private boolean fits(Guest guest) {
      long low = in.stream().filter(one -> one.priority() < 1000).count();
      return in.size() < HARD && (guest.priority() >= 1000 || low < HARD - KEPT);
    }

    void come(String space, String name, int priority, int since) {
      List<Guest> peers = line.stream().filter(one -> one.priority() == priority).toList();
      long first = peers.stream().mapToLong(Guest::turn).min().orElse(0);
      long next =
          peers.stream()
              .filter(one -> one.space().equals(space))
              .mapToLong(one -> one.turn() + 1)
              .max()
              .orElse(0);
      Guest guest = new Guest(space, name, priority, Math.max(first, next), since);
      boolean behind = line.stream().anyMatch(one -> one.priority() >= priority);
      (behind || !fits(guest) ? line : in).add(guest);
    }

    void go(Guest guest) {
      in.remove(guest);
      line.remove(guest);
      line.sort(ORDER);
      while (!line.isEmpty() && fits(line.getFirst())) {
        in.add(line.removeFirst());
      }
    }

    Set<String> waiting() {
      return line.stream().map(Guest::name).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Set<String> waiting() {
    Set<String> waiting = new TreeSet<>();
    for (String space : List.of("one", "two")) {
      for (JsonNode pod : client.get(pods("acme", space)).json().path("items")) {
        if (Waiting.waits(pod)) {
          waiting.add(pod.path("metadata").path("name").asString(""));
        }
      }
    }
    return waiting;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void linesDoAsTheRuleSays(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    tenant("acme");
    quota(
        "acme",
        "'hard':{'pods':'4'},'whenExceeded':'Queue',"
            + "'bands':[{'name':'v','minPriority':1000,'kept':{'pods':'1'}}]");
    Model model = new Model();
    for (int step = 0; step < 60; step++) {
      List<Guest> all = new ArrayList<>(model.in);
      all.addAll(model.line);
      if (all.size() > 12 || !all.isEmpty() && random.nextInt(5) < 2) {
        Guest guest = all.get(random.nextInt(all.size()));
        gone(pods("acme", guest.space()), guest.name());
        model.go(guest);
      } else {
        String space = random.nextInt(3) == 0 ? "two" : "one";
        int priority = random.nextInt(3) == 0 ? 1000 : 0;
        String named = priority == 0 ? "" : ",'priorityClassName':'vital'";
        assertThat(pod(pods("acme", space), "p" + step, named).code()).isEqualTo(201);
        model.come(space, "p" + step, priority, step);
      }
      Deadline.await(() -> waiting().equals(model.waiting()));
    }
    for (Guest guest : List.copyOf(model.in)) {
      model.go(guest);
      gone(pods("acme", guest.space()), guest.name());
    }
    Deadline.await(() -> waiting().equals(model.waiting()));
  }
}
