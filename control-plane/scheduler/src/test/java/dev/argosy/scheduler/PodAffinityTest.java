package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.pod.PodView;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Kubernetes page "Assigning Pods to Nodes", inter-pod affinity and anti-affinity. */
class PodAffinityTest {

  private static final String NOT_NEAR =
      "0/3 nodes are available: 3 node(s) didn't match pod affinity rules.";
  private static final String WEB = "{'app':'web'}";
  private static final String CACHE = "{'app':'cache'}";

  private final Board board = new Board();

  @BeforeEach
  void nodes() {
    board.node("a1", "zone=a").node("a2", "zone=a").node("b1", "zone=b");
  }

  private static String term(String app, String key, String more) {
    return "{'labelSelector':{'matchLabels':{'app':'"
        + app
        + "'}},'topologyKey':'"
        + key
        + "'"
        + more
        + "}";
  }

  private static String must(String side, String... terms) {
    return "{'affinity':{'"
        + side
        + "':{'requiredDuringSchedulingIgnoredDuringExecution':["
        + String.join(",", terms)
        + "]}}}";
  }

  private static String near(String... terms) {
    return must("podAffinity", terms);
  }

  private static String far(String... terms) {
    return must("podAntiAffinity", terms);
  }

  @Test
  void nearAPodOfThatKind() {
    PodView web = board.pod("web", WEB, near(term("cache", "zone", "")));
    assertThat(board.place(web)).isEqualTo(NOT_NEAR);
    board.on("b1", board.pod("cache", CACHE, "{}"));
    assertThat(board.place(web)).isEqualTo("b1");
  }

  @Test
  void theFirstOfAGroupThatWantsItsOwnMayBeginAnywhere() {
    String own = near(term("web", "zone", ""));
    String first = board.place(board.pod("w0", WEB, own));
    assertThat(first).isIn("a1", "a2", "b1");
    String second = board.place(board.pod("w1", WEB, own));
    assertThat(second.charAt(0)).isEqualTo(first.charAt(0));
    board.node("bare", "");
    assertThat(board.place(board.pod("w2", WEB, near(term("web", "rack", "")))))
        .contains("didn't match pod affinity rules");
  }

  @Test
  void allTermsMustBeMatchedByTheSamePods() {
    board.on("a1", board.pod("web", WEB, "{}"));
    board.on("b1", board.pod("cache", CACHE, "{}"));
    String both = near(term("web", "zone", ""), term("cache", "zone", ""));
    assertThat(board.place(board.pod("x", "{}", both))).isEqualTo(NOT_NEAR);
  }

  @Test
  void farFromPodsOfThatKind() {
    String own = far(term("web", "kubernetes.io/hostname", ""));
    assertThat(board.place(board.pod("w0", WEB, own))).hasSize(2);
    assertThat(board.place(board.pod("w1", WEB, own))).hasSize(2);
    assertThat(board.place(board.pod("w2", WEB, own))).hasSize(2);
    assertThat(board.place(board.pod("w3", WEB, own)))
        .isEqualTo("0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.");
  }

  @Test
  void antiAffinityOfThoseThatAreThereCountsToo() {
    board.on("a1", board.pod("lonely", "{}", far(term("web", "zone", ""))));
    assertThat(board.place(board.pod("w0", WEB, "{}"))).isEqualTo("b1");
    board.state.removeNode("b1");
    assertThat(board.place(board.pod("w1", WEB, "{}")))
        .isEqualTo(
            "0/2 nodes are available: 2 node(s) didn't satisfy existing pods anti-affinity rules.");
    board.state.forget(board.pod("lonely", "{}", "{}").key());
    assertThat(board.place(board.pod("w1", WEB, "{}"))).isIn("a1", "a2");
  }

  @Test
  void theNamespaceIsThePodsOwnUnlessSaidOtherwise() {
    board.on("a1", board.pod("acme", "other", "cache", CACHE, "{}"));
    PodView own = board.pod("x", "{}", near(term("cache", "zone", "")));
    assertThat(board.place(own)).isEqualTo(NOT_NEAR);
    String named = near(term("cache", "zone", ",'namespaces':['other']"));
    assertThat(board.place(board.pod("y", "{}", named))).startsWith("a");
    String all = near(term("cache", "kubernetes.io/hostname", ",'namespaceSelector':{}"));
    assertThat(board.place(board.pod("z", "{}", all))).isEqualTo("a1");
  }

  @Test
  void namespacesAreFoundByTheirLabelsAsTheyAre() {
    board.on("b1", board.pod("acme", "other", "cache", CACHE, "{}"));
    String prod =
        near(term("cache", "zone", ",'namespaceSelector':{'matchLabels':{'env':'prod'}}"));
    PodView pod = board.pod("x", "{}", prod);
    assertThat(board.place(pod)).isEqualTo(NOT_NEAR);
    board.state.census().namespace("acme", "other", Map.of("env", "prod"));
    assertThat(board.place(pod)).isEqualTo("b1");
    board.state.census().namespace("acme", "other", Map.of("env", "test"));
    assertThat(board.place(board.pod("y", "{}", prod))).isEqualTo(NOT_NEAR);
  }

  @Test
  void anotherTenantsPodsAreNeitherNearNorFar() {
    board.on("a1", board.pod("globex", "default", "cache", CACHE, "{}"));
    String everywhere = term("cache", "zone", ",'namespaceSelector':{}");
    assertThat(board.place(board.pod("x", "{}", near(everywhere)))).isEqualTo(NOT_NEAR);
    for (String node : new String[] {"a1", "a2", "b1"}) {
      board.on(node, board.pod("globex", "default", "l" + node, "{}", far(everywhere)));
    }
    assertThat(board.place(board.pod("y", CACHE, "{}"))).hasSize(2);
  }

  @Test
  void labelKeysNarrowATermToPodsWithTheSameValueOrAnother() {
    board.on("b1", board.pod("old", "{'app':'web','hash':'1'}", "{}"));
    String same = near(term("web", "zone", ",'matchLabelKeys':['hash']"));
    assertThat(board.place(board.pod("n1", "{'app':'db','hash':'2'}", same))).isEqualTo(NOT_NEAR);
    assertThat(board.place(board.pod("n2", "{'app':'db','hash':'1'}", same))).isEqualTo("b1");
    String other = far(term("web", "zone", ",'mismatchLabelKeys':['hash']"));
    assertThat(board.place(board.pod("n3", "{'app':'web','hash':'2'}", other))).startsWith("a");
  }

  @Test
  void preferencesAttractAndRepel() {
    board.on("b1", board.pod("cache", CACHE, "{}"));
    String rather =
        "{'affinity':{'SIDE':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':100,"
            + "'podAffinityTerm':"
            + term("cache", "zone", "")
            + "}]}}}";
    assertThat(board.place(board.pod("n", "{}", rather.replace("SIDE", "podAffinity"))))
        .isEqualTo("b1");
    assertThat(board.place(board.pod("f", "{}", rather.replace("SIDE", "podAntiAffinity"))))
        .startsWith("a");
  }

  @Test
  void thoseThatWantToBeNearAttractWhomTheyWant() {
    board.on("a1", board.pod("cache", CACHE, "{}"));
    board.on("a1", board.pod("web", WEB, near(term("cache", "kubernetes.io/hostname", ""))));
    board.on("a2", board.pod("x", "{}", "{}")).on("a2", board.pod("y", "{}", "{}"));
    board.on("b1", board.pod("z", "{}", "{}")).on("b1", board.pod("v", "{}", "{}"));
    assertThat(board.place(board.pod("cache2", CACHE, "{}"))).isEqualTo("a1");
  }
}
