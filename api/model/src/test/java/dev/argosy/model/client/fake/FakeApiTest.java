package dev.argosy.model.client.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.time.ManualTimers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class FakeApiTest {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeApi api = new FakeApi(timers.clock(), "acme");
  private final ApiClient client = api.client();

  @Test
  void a_stale_update_conflicts_and_an_unchanged_one_writes_nothing() {
    ApiObject pod = create();
    ObjectNode stale = pod.tree();
    ApiObject newer = client.patch(pod.key(), "", Patch.merge(label("a", "1"))).orThrow();
    stale.withObject("/metadata/labels").put("b", "2");
    assertThat(client.update(pod.key(), stale).refusedFor(Reason.CONFLICT)).isTrue();
    assertThat(client.update(pod.key(), newer.tree()).orThrow().revision())
        .isEqualTo(newer.revision());
  }

  @Test
  void spec_moves_the_generation_and_status_stays_on_its_own_path() {
    ApiObject pod = create();
    ObjectNode tree = pod.tree();
    tree.withObject("/spec").put("priority", 5);
    tree.withObject("/status").put("phase", "Running");
    ApiObject changed = client.update(pod.key(), tree).orThrow();
    assertThat(changed.meta().generation()).isEqualTo(2);
    assertThat(changed.tree().at("/status/phase").asString("")).isEqualTo("Pending");

    ObjectNode status = changed.tree();
    status.withObject("/status").put("phase", "Running");
    status.withObject("/spec").put("priority", 9);
    ApiObject running = client.updateStatus(pod.key(), status).orThrow();
    assertThat(running.meta().generation()).isEqualTo(2);
    assertThat(running.tree().at("/spec/priority").asInt(0)).isEqualTo(5);
  }

  @Test
  void a_bound_pod_goes_with_grace_and_an_unbound_one_at_once() {
    ApiObject unbound = create();
    client.delete(unbound.key(), DeleteOptions.DEFAULT).orThrow();
    assertThat(client.get(unbound.key()).refusedFor(Reason.NOT_FOUND)).isTrue();

    ApiObject pod = create();
    bind(pod.key(), "n1").orThrow();
    assertThat(bind(pod.key(), "n2").refusedFor(Reason.CONFLICT)).isTrue();
    ApiObject dying = client.delete(pod.key(), DeleteOptions.DEFAULT).orThrow();
    assertThat(dying.meta().deletionTimestamp()).isEqualTo(timers.now().plusSeconds(30));
    client.delete(pod.key(), DeleteOptions.now(dying.meta().uid())).orThrow();
    assertThat(client.get(pod.key()).refusedFor(Reason.NOT_FOUND)).isTrue();
  }

  @Test
  void finalizers_keep_an_object_until_the_last_is_removed() {
    ApiObject pod = create();
    ObjectNode patch = Json.object();
    patch.putObject("metadata").putArray("finalizers").add("test/hold");
    client.patch(pod.key(), "", Patch.merge(patch)).orThrow();
    assertThat(client.delete(pod.key(), DeleteOptions.DEFAULT).orThrow().meta().deleting())
        .isTrue();
    ObjectNode release = client.get(pod.key()).orThrow().tree();
    release.withObject("/metadata").remove("finalizers");
    client.update(pod.key(), release).orThrow();
    assertThat(client.get(pod.key()).refusedFor(Reason.NOT_FOUND)).isTrue();
  }

  @Test
  void a_namespace_goes_in_two_phases_and_takes_nothing_new() {
    ObjectKey key = new ObjectKey(NAMESPACES, "acme", "", "default");
    client.delete(key, DeleteOptions.DEFAULT).orThrow();
    assertThat(
            client
                .create(ResourceScope.namespace(PODS, "acme", "default"), pod())
                .refusedFor(Reason.FORBIDDEN))
        .isTrue();
    ObjectNode namespace = client.get(key).orThrow().tree();
    assertThat(namespace.at("/status/phase").asString("")).isEqualTo("Terminating");
    namespace.withObject("/spec").putArray("finalizers");
    client.update(key, "finalize", namespace).orThrow();
    assertThat(client.get(key).refusedFor(Reason.NOT_FOUND)).isTrue();
  }

  @Test
  void lists_by_selectors() {
    ApiObject pod = create();
    create();
    client.patch(pod.key(), "", Patch.merge(label("app", "web"))).orThrow();
    ResourceScope all = ResourceScope.cluster(PODS, "acme");
    assertThat(names(all, ListOptions.labels("app=web"))).isEqualTo(1);
    assertThat(names(all, ListOptions.labels("app in (web, db),app!=db"))).isEqualTo(1);
    assertThat(names(all, ListOptions.labels("!app"))).isEqualTo(1);
    assertThat(names(all, ListOptions.fields("spec.nodeName="))).isEqualTo(2);
    assertThat(names(all, ListOptions.fields("status.phase!=Pending"))).isZero();
  }

  @Test
  void time_passes_only_when_watchers_know_of_all_changes() {
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger read = new AtomicInteger();
    AtomicInteger looks = new AtomicInteger();
    List<Integer> whenTimePassed = new CopyOnWriteArrayList<>();
    WatchOptions fromNow = new WatchOptions("", "", "1", false, false);
    WatchStream watch =
        client.watch(ResourceScope.namespace(PODS, "acme", "default"), fromNow).orThrow();
    create();
    Thread.startVirtualThread(() -> {
      try (watch) {
        slow.await();
        for (List<WatchEvent> next = watch.next(); !next.isEmpty(); next = watch.next()) {
          read.addAndGet(next.size());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    boolean came =
        api.await(
            () -> {
              if (looks.incrementAndGet() == 10) {
                slow.countDown();
              }
              return !whenTimePassed.isEmpty();
            },
            () -> whenTimePassed.add(read.get()));
    assertThat(came).isTrue();
    assertThat(whenTimePassed).containsExactly(1);
    api.awaitIdle(() -> looks.incrementAndGet() > 20);
    assertThat(looks.get()).isGreaterThan(20);
    watch.close();
  }

  private int names(ResourceScope scope, ListOptions options) {
    return client.list(scope, options).orThrow().items().size();
  }

  private ApiObject create() {
    return client.create(ResourceScope.namespace(PODS, "acme", "default"), pod()).orThrow();
  }

  private static ObjectNode pod() {
    ObjectNode pod = Json.object();
    pod.put("apiVersion", "v1").put("kind", "Pod").putObject("metadata").put("generateName", "p-");
    pod.putObject("spec").putArray("containers").addObject().put("name", "c");
    return pod;
  }

  private static ObjectNode label(String key, String value) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").putObject("labels").put(key, value);
    return patch;
  }

  private ApiResult<ObjectNode> bind(ObjectKey pod, String node) {
    ObjectNode body = Json.object();
    body.putObject("target").put("kind", "Node").put("name", node);
    return client.post(pod, "binding", body);
  }
}
