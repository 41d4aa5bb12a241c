package dev.argosy.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is stopped comes back, wherever the server dies in between. */
class ClusterSuspensionTest {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource JOBS = new GroupResource("batch", "jobs");
  private static final GroupResource CRON_JOBS = new GroupResource("batch", "cronjobs");
  private static final String MARK = "tenancy.argosy.dev/suspended";

  private final FakeApi api = new FakeApi(Clock.systemUTC(), "acme", "globex");
  private final MemoryStore platform = new MemoryStore();
  private final ClusterSuspension suspension =
      new ClusterSuspension(api.client(), new KeptPods(platform), Clock.systemUTC());

  /** The death of the server, between two requests. */
  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private ApiObject create(GroupResource resource, String cluster, String text) {
    return api.client()
        .create(ResourceScope.namespace(resource, cluster, "default"), json(text))
        .orThrow();
  }

  private ObjectKey running(String cluster, String name, String owner) {
    return create(
            PODS,
            cluster,
            """
            {'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','labels':{'a':'b'}%s},
             'spec':{'nodeName':'n1','containers':[{'name':'c','image':'i'}]}}
            """
                .formatted(name, owner))
        .key();
  }

  private static String ownedBy(String kind, ApiObject owner) {
    return ",'ownerReferences':[{'apiVersion':'v1','kind':'%s','name':'%s','uid':'%s','controller':true}]"
        .formatted(kind, owner.name(), owner.meta().uid());
  }

  private ApiObject job(String name, String spec) {
    return create(
        JOBS,
        "acme",
        "{'apiVersion':'batch/v1','kind':'Job','metadata':{'name':'%s'},'spec':{%s}}"
            .formatted(name, spec));
  }

  private Optional<ApiObject> find(ObjectKey key) {
    return api.client().get(key).orAbsent();
  }

  /** Nodes end what is to end. */
  private void playNodes() {
    for (ApiObject pod :
        api.client()
            .list(ResourceScope.cluster(PODS, "acme"), ListOptions.EVERYTHING)
            .orThrow()
            .items()) {
      if (pod.meta().deleting()) {
        api.client().delete(pod.key(), DeleteOptions.now(pod.meta().uid()));
      }
    }
  }

  @Test
  void podsEndAndThoseThatNobodyMakesAgainComeBack() {
    ObjectKey bare = running("acme", "bare", "");
    ObjectKey other = running("globex", "bare", "");
    ObjectKey owned =
        running("acme", "web", ownedBy("ReplicaSet", job("no-matter", "'suspend':true")));
    assertThat(suspension.stop("acme")).isEqualTo(2);
    for (ObjectKey key : List.of(bare, owned)) {
      ApiObject ending = find(key).orElseThrow();
      assertThat(ending.meta().deleting()).isTrue();
      JsonNode condition = ending.tree().at("/status/conditions/0");
      assertThat(condition.path("type").asString("")).isEqualTo("DisruptionTarget");
      assertThat(condition.path("reason").asString("")).isEqualTo("TenantSuspended");
    }
    assertThat(suspension.resume("acme")).contains("pod default/bare has not ended yet");
    playNodes();
    assertThat(suspension.stop("acme")).isZero();
    assertThat(find(other).orElseThrow().meta().deleting()).isFalse();

    assertThat(suspension.resume("acme")).isEmpty();
    ObjectNode again = find(bare).orElseThrow().tree();
    assertThat(again.at("/metadata/labels/a").asString("")).isEqualTo("b");
    assertThat(again.path("spec").has("nodeName")).isFalse();
    assertThat(find(owned)).isEmpty();
    assertThat(new KeptPods(platform).of("acme")).isEmpty();
  }

  @Test
  void jobsAreSuspendedAsTheyCanBeThemselves() {
    ApiObject working = job("working", "'parallelism':1");
    ApiObject own = job("own", "'suspend':true");
    ApiObject foreign = job("foreign", "'managedBy':'example.com/queue'");
    ApiObject cron =
        create(
            CRON_JOBS,
            "acme",
            "{'apiVersion':'batch/v1','kind':'CronJob','metadata':{'name':'nightly'},'spec':{'schedule':'@daily'}}");
    ObjectKey pod = running("acme", "of-job", ownedBy("Job", working));
    ObjectKey other = running("acme", "of-foreign", ownedBy("Job", foreign));
    assertThat(suspension.stop("acme")).isEqualTo(2);
    assertThat(suspended(working)).isTrue();
    assertThat(suspended(cron)).isTrue();
    assertThat(suspended(foreign)).isFalse();
    assertThat(find(pod).orElseThrow().meta().deleting()).as("left to the Job").isFalse();
    assertThat(find(other).orElseThrow().meta().deleting()).isTrue();

    suspension.resume("acme");
    assertThat(suspended(working)).isFalse();
    assertThat(suspended(cron)).isFalse();
    assertThat(suspended(own)).as("somebody else's wish").isTrue();
    assertThat(find(working.key()).orElseThrow().meta().annotations()).doesNotContainKey(MARK);
  }

  private boolean suspended(ApiObject object) {
    return find(object.key()).orElseThrow().tree().at("/spec/suspend").asBoolean(false);
  }

  @Test
  void whatHasEndedStaysAndWhatSomebodyMadeSinceWins() {
    ObjectKey done = running("acme", "done", "");
    api.client()
        .patch(done, "status", Patch.merge(json("{'status':{'phase':'Succeeded'}}")))
        .orThrow();
    ObjectKey bare = running("acme", "bare", "");
    assertThat(suspension.stop("acme")).isEqualTo(1);
    playNodes();
    assertThat(find(done)).isPresent();
    ObjectKey another = running("acme", "bare", "");
    String uid = find(another).orElseThrow().meta().uid();
    assertThat(suspension.resume("acme")).isEmpty();
    assertThat(find(bare).orElseThrow().meta().uid()).isEqualTo(uid);
    assertThat(new KeptPods(platform).of("acme")).isEmpty();
  }

  @Test
  void aPodThatMayNotComeBackIsKeptAndTold() {
    running("acme", "bare", "");
    suspension.stop("acme");
    playNodes();
    api.setFault((verb, resource, name) ->
        verb.equals("create")
            ? Optional.of(Status.forbidden(PODS, "bare", "exceeded quota"))
            : Optional.empty());
    assertThat(suspension.resume("acme"))
        .contains(
            "pod default/bare cannot be made again: pods \"bare\" is forbidden: exceeded quota");
    api.setFault(Fault.NONE);
    assertThat(suspension.resume("acme")).isEmpty();
  }

  /** The server dies at the nth request, before or after it took effect. */
  private void dieAt(int nth, boolean after) {
    AtomicInteger count = new AtomicInteger();
    api.setFault(
        new Fault() {
          @Override
          public Optional<Status> refuse(String verb, GroupResource resource, String name) {
            if (!after && count.incrementAndGet() == nth) {
              throw new Death();
            }
            return Optional.empty();
          }

          @Override
          public Optional<Status> lose(String verb, GroupResource resource, String name) {
            if (after && count.incrementAndGet() == nth) {
              throw new Death();
            }
            return Optional.empty();
          }
        });
  }

  /** Answers whether it died. */
  private boolean dying(int nth, boolean after, Runnable work) {
    dieAt(nth, after);
    try {
      work.run();
      return false;
    } catch (Death e) {
      return true;
    } finally {
      api.setFault(Fault.NONE);
    }
  }

  @Test
  void nothingIsLostWhereverTheServerDies() {
    for (boolean after : List.of(false, true)) {
      boolean died = true;
      for (int nth = 1; died; nth++) {
        int at = nth;
        ObjectKey bare = running("acme", "bare-" + after + nth, "");
        ApiObject working = job("job-" + after + nth, "'parallelism':1");
        died = dying(at, after, () -> suspension.stop("acme"));
        while (suspension.stop("acme") > 0) {
          playNodes();
        }
        assertThat(find(bare)).as("died at %d", nth).isEmpty();
        died |= dying(at, after, () -> suspension.resume("acme"));
        assertThat(suspension.resume("acme")).isEmpty();
        assertThat(find(bare)).as("died at %d", nth).isPresent();
        assertThat(suspended(working)).isFalse();
        assertThat(new KeptPods(platform).of("acme")).isEmpty();
        api.client().delete(bare, DeleteOptions.DEFAULT);
        api.client().delete(working.key(), DeleteOptions.DEFAULT);
      }
    }
  }

  /** Resumed before everything was stopped: what still runs goes on, what ends comes back. */
  @Test
  void aSuspensionThatIsTakenBackHalfwayLosesNothing() {
    boolean died = true;
    for (int nth = 1; died; nth++) {
      int at = nth;
      ObjectKey bare = running("acme", "bare-" + nth, "");
      died = dying(at, false, () -> suspension.stop("acme"));
      while (suspension.resume("acme").isPresent()) {
        playNodes();
      }
      assertThat(find(bare)).as("died at %d", nth).isPresent();
      assertThat(find(bare).orElseThrow().meta().deleting()).isFalse();
      assertThat(new KeptPods(platform).of("acme")).isEmpty();
      api.client().delete(bare, DeleteOptions.now(find(bare).orElseThrow().meta().uid()));
    }
  }
}
