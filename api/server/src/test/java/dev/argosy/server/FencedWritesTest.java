package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Fence;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a leader writes whose term is over. */
class FencedWritesTest {

  private static final GroupResource MAPS = new GroupResource("", "configmaps");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final ObjectKey TERM =
      new ObjectKey(
          new GroupResource("coordination.k8s.io", "leases"), "root", "kube-system", "work-term");
  private static TestServer server;
  private static ApiClient admin;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    admin = server.admin();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ResourceScope in(GroupResource resource) {
    return ResourceScope.namespace(resource, "acme", "default");
  }

  private static ObjectNode map(String name) {
    ObjectNode map = Json.object();
    map.putObject("metadata").put("name", name);
    return map;
  }

  private static ObjectNode pod(String name) {
    ObjectNode pod = map(name);
    ObjectNode container = pod.putObject("spec").putArray("containers").addObject();
    container.put("name", "c").put("image", "i");
    return pod;
  }

  private static ObjectNode data(String value) {
    ObjectNode patch = Json.object();
    patch.putObject("data").put("v", value);
    return patch;
  }

  /** The next term begins. */
  private static Fence next() {
    ObjectNode lease =
        admin.get(TERM).orAbsent().map(ApiObject::tree).orElseGet(() -> map("work-term"));
    ObjectNode spec = lease.withObject("/spec");
    spec.put("leaseTransitions", spec.path("leaseTransitions").asInt(0) + 1);
    ApiObject written =
        admin.get(TERM).orAbsent().isPresent()
            ? admin.update(TERM, lease).orThrow()
            : admin
                .create(ResourceScope.namespace(TERM.resource(), "root", TERM.namespace()), lease)
                .orThrow();
    return new Fence(TERM, written.revision());
  }

  private static ApiClient behind(Fence fence) {
    return server.server.clients().behind(fence).as(UserInfo.system("leader"));
  }

  private static boolean refused(ApiResult<?> result) {
    return result.refusedFor(Reason.CONFLICT);
  }

  @Test
  void nothing_is_kept_that_an_older_term_writes() {
    ApiClient old = behind(next());
    ObjectKey map = new ObjectKey(MAPS, "acme", "default", "m");
    ObjectKey pod = new ObjectKey(PODS, "acme", "default", "p");
    ApiObject made = old.create(in(MAPS), map("m")).orThrow();
    ApiObject running = old.create(in(PODS), pod("p")).orThrow();
    ApiClient present = behind(next());

    assertThat(refused(old.create(in(MAPS), map("late")))).isTrue();
    assertThat(refused(old.create(in(PODS), pod("late")))).isTrue();
    ObjectNode changed = made.tree();
    changed.putObject("data").put("v", "late");
    assertThat(refused(old.update(map, changed))).isTrue();
    assertThat(refused(old.patch(map, "", Patch.merge(data("late"))))).isTrue();
    assertThat(refused(old.delete(map, DeleteOptions.DEFAULT))).isTrue();
    assertThat(refused(old.delete(pod, DeleteOptions.now(running.meta().uid())))).isTrue();
    assertThat(admin.get(map).orThrow()).isEqualTo(made);
    assertThat(admin.get(pod).orThrow()).isEqualTo(running);
    assertThat(admin.get(new ObjectKey(PODS, "acme", "default", "late")).orAbsent()).isEmpty();

    assertThat(present.patch(map, "", Patch.merge(data("new")))).isInstanceOf(ApiResult.Ok.class);
    assertThat(present.delete(pod, DeleteOptions.now(running.meta().uid())))
        .isInstanceOf(ApiResult.Ok.class);
  }

  @Test
  void a_conflict_about_the_object_itself_is_told_as_ever() {
    ApiClient leader = behind(next());
    ApiObject made = leader.create(in(MAPS), map("twice")).orThrow();
    assertThat(leader.create(in(MAPS), map("twice")).refusedFor(Reason.ALREADY_EXISTS)).isTrue();
    leader.patch(made.key(), "", Patch.merge(data("1"))).orThrow();
    ObjectNode stale = made.tree();
    stale.putObject("data").put("v", "2");
    assertThat(refused(leader.update(made.key(), stale))).isTrue();
    assertThat(leader.get(made.key()).orThrow().tree().at("/data/v").asString("")).isEqualTo("1");
  }
}
