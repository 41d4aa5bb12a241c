package dev.argosy.wiring;

import static dev.argosy.wiring.ServerScene.json;
import static dev.argosy.wiring.ServerScene.made;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is guaranteed to a tenant in PostgreSQL is what the scheduler claims back for it. */
class ReclaimTest {

  private static final String TENANT_QUOTAS = ServerScene.TENANCY + "tenantquotas";

  @Test
  void whatIsGuaranteedIsClaimedOfWhoBorrowedIt(@TempDir Path folder) throws Exception {
    try (ServerScene scene = ServerScene.start(folder);
        PlatformProcess server = scene.process("reclaim", Map.of())) {
      TestClient admin = scene.admin(server);
      for (String tenant : new String[] {"acme", "globex"}) {
        scene.tenant(server, tenant, "ann");
        String account =
            "/clusters/" + tenant + "/api/v1/namespaces/default/serviceaccounts/default";
        ServerScene.await("pods can be", () -> admin.get(account).code() == 200);
      }
      made(
          admin.post(
              "/clusters/root/api/v1/nodes",
              json(
                  "{'metadata':{'name':'n1'},'status':{'allocatable':{'cpu':'4','memory':'8Gi','pods':'9'},"
                      + "'conditions':[{'type':'Ready','status':'True'}]}}")));
      made(pod(admin, "acme", "lent", "4"));
      ServerScene.await("it runs", () -> at(admin, "acme", "lent", "spec.nodeName").equals("n1"));
      made(
          admin.post(
              TENANT_QUOTAS,
              json(
                  "{'metadata':{'name':'g'},'spec':{'tenant':'globex','hard':{'requests.cpu':'4'},"
                      + "'guaranteed':{'requests.cpu':'2'}}}")));

      made(pod(admin, "globex", "beyond", "3"));
      String why = "0/1 nodes are available: 1 Insufficient cpu.";
      ServerScene.await("it waits", () -> text(admin, "globex", "beyond").contains(why));
      assertThat(at(admin, "acme", "lent", "metadata.deletionTimestamp")).isEmpty();
      admin.delete(path("globex") + "/beyond", "");

      made(pod(admin, "globex", "claims", "2"));
      ServerScene.await(
          "what was lent goes",
          () -> !at(admin, "acme", "lent", "metadata.deletionTimestamp").isEmpty());
      assertThat(text(admin, "acme", "lent"))
          .contains("reclaiming what tenant acme has beyond its guarantee")
          .doesNotContain("globex");
      admin.delete(path("acme") + "/lent", json("{'gracePeriodSeconds':0}"));
      ServerScene.await(
          "the room is given", () -> at(admin, "globex", "claims", "spec.nodeName").equals("n1"));
    }
  }

  private static Answer pod(TestClient admin, String tenant, String name, String cpu) {
    String pod =
        "{'metadata':{'name':'%s'},'spec':{'tolerations':[{'operator':'Exists'}],"
            + "'automountServiceAccountToken':false,'containers':[{'name':'c','image':'i',"
            + "'resources':{'requests':{'cpu':'%s'},'limits':{'cpu':'%s'}}}]}}";
    return admin.post(path(tenant), json(pod.formatted(name, cpu, cpu)));
  }

  private static String path(String tenant) {
    return "/clusters/" + tenant + "/api/v1/namespaces/default/pods";
  }

  private static String at(TestClient admin, String tenant, String name, String field) {
    return admin.get(path(tenant) + "/" + name).at(field);
  }

  private static String text(TestClient admin, String tenant, String name) {
    return admin.get(path(tenant) + "/" + name).text();
  }
}
