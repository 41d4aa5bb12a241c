package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which nodes the pods of a tenant may be given, by themselves or by a binding. */
class GrantedNodesTest {

  private static final String PODS = "/clusters/shop/api/v1/namespaces/one/pods";
  private static final String OTHERS = "node \\\"fast\\\" is none of this cluster's";

  @AutoClose private static final TestServer SERVER = TestServer.start();
  private static final TestClient CLIENT = SERVER.client();

  @BeforeAll
  static void tenantAndNodes() {
    node("usual", "");
    node("fast", "'labels':{'argosy.dev/pool':'gpu'},");
    SERVER.clusters.put("shop", Phase.ACTIVE, Set.of("default"));
    space("shop");
    space("root");
  }

  private static void space(String cluster) {
    String spaces = "/clusters/" + cluster + "/api/v1/namespaces";
    var space = CLIENT.post(spaces, json("{'metadata':{'name':'one'}}"));
    assertThat(space.code()).as(space.text()).isEqualTo(201);
    var account =
        CLIENT.post(spaces + "/one/serviceaccounts", json("{'metadata':{'name':'default'}}"));
    assertThat(account.code()).as(account.text()).isEqualTo(201);
  }

  private static void node(String name, String metadata) {
    var made =
        CLIENT.post(
            "/clusters/root/api/v1/nodes",
            json("{'metadata':{" + metadata + "'name':'" + name + "'}}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static TestClient.Answer pod(String name, String node) {
    return CLIENT.post(
        PODS,
        json(
            "{'metadata':{'name':'"
                + name
                + "'},'spec':{"
                + node
                + "'containers':[{'name':'c','image':'i'}]}}"));
  }

  private static TestClient.Answer bind(String pod, String node) {
    return CLIENT.post(
        PODS + "/" + pod + "/binding",
        json("{'metadata':{'name':'" + pod + "'},'target':{'kind':'Node','name':'" + node + "'}}"));
  }

  @Test
  void aPodNamesNoNodeOfAPoolThatItsTenantDoesNotHave() {
    var refused = pod("named", "'nodeName':'fast',");
    assertThat(refused.code()).as(refused.text()).isEqualTo(403);
    assertThat(refused.text()).contains(OTHERS);
    assertThat(pod("named", "'nodeName':'usual',").code()).isEqualTo(201);
    assertThat(pod("early", "'nodeName':'not-there-yet',").code()).isEqualTo(201);
  }

  @Test
  void nobodyBindsAPodToSuchANode() {
    assertThat(pod("bound", "").code()).isEqualTo(201);
    var refused = bind("bound", "fast");
    assertThat(refused.code()).as(refused.text()).isEqualTo(403);
    assertThat(refused.text()).contains(OTHERS);
    assertThat(CLIENT.get(PODS + "/bound").json().path("spec").has("nodeName")).isFalse();
    assertThat(bind("bound", "usual").code()).isEqualTo(201);
  }

  @Test
  void thePlatformsOwnPodsGoAnywhere() {
    var made =
        CLIENT.post(
            "/clusters/root/api/v1/namespaces/one/pods",
            json(
                "{'metadata':{'name':'driver'},'spec':{'nodeName':'fast',"
                    + "'containers':[{'name':'c','image':'i'}]}}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }
}
