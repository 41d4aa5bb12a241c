package dev.argosy.wiring;

import static dev.argosy.wiring.ServerScene.await;
import static dev.argosy.wiring.ServerScene.json;
import static dev.argosy.wiring.ServerScene.made;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A server that leads is stopped in the middle of its work and goes on later, as if it still led:
 * meanwhile another one does what is to be done, and afterwards nothing was done twice.
 */
class SleepingLeaderTest {

  private static final String LEASES =
      "/clusters/root/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/";
  private static final String IN_ACME = "/clusters/acme/api/v1/namespaces/default/";
  private static final String PODS = IN_ACME + "pods";
  private static final String DEPLOYMENTS =
      "/clusters/acme/apis/apps/v1/namespaces/default/deployments";

  @Test
  void anotherGoesOnAndTheSleeperDoesNothingTwice(@TempDir Path folder) throws Exception {
    try (ServerScene scene = ServerScene.start(folder);
        PlatformProcess sleeper = scene.process("sleeper", Map.of())) {
      TestClient admin = scene.admin(sleeper);
      for (String loop : List.of("argosy-controllers", "argosy-scheduler")) {
        await(loop + " is led", () -> !holder(admin, loop).isEmpty());
      }
      scene.tenant(sleeper, "acme", "ann");
      await("pods can be", () -> admin.get(IN_ACME + "serviceaccounts/default").code() == 200);
      made(
          admin.post(
              "/clusters/root/api/v1/nodes",
              json(
                  "{'metadata':{'name':'n1'},'status':{'allocatable':{'cpu':'64','memory':'64Gi','pods':'500'},"
                      + "'conditions':[{'type':'Ready','status':'True'}]}}")));
      String began = admin.get(PODS).at("metadata.resourceVersion");
      made(admin.post(DEPLOYMENTS, deployment("web", 3)));
      await("all of web", () -> bound(admin, "web") == 3);

      try (PlatformProcess other = scene.process("awake", Map.of())) {
        TestClient awake = scene.admin(other);
        String before = holder(awake, "argosy-scheduler");
        scale(admin, 60);
        sleeper.sleep(); // with some of the pods made and bound, and others about to be
        made(awake.post(DEPLOYMENTS, deployment("late", 3)));
        await("all of late", () -> bound(awake, "late") == 3);
        await("all of web", () -> bound(awake, "web") == 60);
        assertThat(holder(awake, "argosy-scheduler")).isNotEqualTo(before);

        sleeper.wake();
        await("it answers", () -> admin.get(PODS).code() == 200);
        scale(awake, 61);
        await("one more", () -> bound(awake, "web") == 61);
        List<String> all = added(admin, began); // the history of the other is younger
        assertThat(all).as("pods that were made").hasSize(64).doesNotHaveDuplicates();
        assertThat(awake.get(PODS).json().path("items")).hasSize(64);
      }
    }
  }

  private static String holder(TestClient admin, String lease) {
    return admin.get(LEASES + lease).at("spec.holderIdentity");
  }

  private static void scale(TestClient admin, int replicas) {
    String patch = "{'spec':{'replicas':" + replicas + "}}";
    ServerScene.done(
        admin.patch(DEPLOYMENTS + "/web", "application/merge-patch+json", json(patch)));
  }

  private static String deployment(String name, int replicas) {
    return json(
        ("{'metadata':{'name':'%1$s'},'spec':{'replicas':%2$d,'selector':{'matchLabels':{'app':'%1$s'}},"
                + "'template':{'metadata':{'labels':{'app':'%1$s'}},'spec':{'automountServiceAccountToken':false,"
                + "'tolerations':[{'operator':'Exists'}],'containers':[{'name':'c','image':'i'}]}}}}")
            .formatted(name, replicas));
  }

  private static int bound(TestClient admin, String app) {
    int bound = 0;
    for (JsonNode pod : admin.get(PODS + "?labelSelector=app%3D" + app).json().path("items")) {
      bound += pod.at("/spec/nodeName").asString("").isEmpty() ? 0 : 1;
    }
    return bound;
  }

  /** The names of all pods that were made since then, those that are gone again included. */
  private static List<String> added(TestClient admin, String since) {
    List<String> names = new ArrayList<>();
    String watch = PODS + "?watch=1&timeoutSeconds=2&resourceVersion=" + since;
    try (TestStream events = admin.stream(watch)) {
      for (Optional<JsonNode> event = events.next(); event.isPresent(); event = events.next()) {
        if (event.get().path("type").asString("").equals("ADDED")) {
          names.add(event.get().at("/object/metadata/name").asString(""));
        }
      }
    }
    return names;
  }
}
