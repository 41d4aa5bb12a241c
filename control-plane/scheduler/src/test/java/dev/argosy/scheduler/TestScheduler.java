package dev.argosy.scheduler;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.share.QuotaView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.node.ObjectNode;

/** A fake API with the scheduler running on it; time moves only when the test says so. */
final class TestScheduler implements AutoCloseable {

  static final GroupResource PODS = PodView.PODS;
  static final GroupResource NODES = new GroupResource("", "nodes");
  static final GroupResource EVENTS = new GroupResource("", "events");
  private static final GroupResource TENANTS = new GroupResource("tenancy.argosy.dev", "tenants");
  final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  final FakeApi api = new FakeApi(timers.clock(), "root", "acme", "globex");
  final ApiClient client = api.client();
  private Configuration configuration = Configuration.DEFAULT;
  private IntSupplier unanswered = () -> 0;
  private SchedulerTerm term = begin();

  private SchedulerTerm begin() {
    return new SchedulerTerm(api, configuration, timers, new Random(1));
  }

  /** Goes on with this. */
  void configure(Configuration changed) {
    configuration = changed;
    crash();
  }

  /** Goes on with this extender alone; the rest of what its file says of it. */
  void configure(FakeExtender extender, String rest) {
    unanswered = extender::hanging;
    configure(extender.configuration(rest));
  }

  void crash() {
    crash(() -> {});
  }

  /** This happens while no scheduler runs. */
  void crash(Runnable meanwhile) {
    term.close();
    meanwhile.run();
    term = begin();
  }

  void tenant(String name, String... pools) {
    ObjectNode tenant = dev.argosy.model.object.Json.object();
    tenant.put("apiVersion", "tenancy.argosy.dev/v1").put("kind", "Tenant");
    tenant.putObject("metadata").put("name", name);
    var list = tenant.putObject("spec").putArray("nodePools");
    for (String pool : pools) {
      list.add(pool);
    }
    client.create(ResourceScope.cluster(TENANTS, "root"), tenant).orThrow();
  }

  void patchTenant(String name, String json) {
    client
        .patch(new ObjectKey(TENANTS, "root", "", name), "", Patch.merge(TestPods.json(json)))
        .orThrow();
  }

  /** A quota whose guarantee of processors is in force. */
  void guarantee(String tenant, String cpu) {
    ObjectNode quota = dev.argosy.model.object.Json.object();
    quota.put("apiVersion", "tenancy.argosy.dev/v1").put("kind", "TenantQuota");
    quota.putObject("metadata").put("name", tenant);
    quota.putObject("spec").put("tenant", tenant);
    ObjectKey key = new ObjectKey(QuotaView.ALL.scope().resource(), "root", "", tenant);
    if (client.get(key).orAbsent().isEmpty()) {
      client.create(QuotaView.ALL.scope(), quota).orThrow();
    }
    String status = "{'status':{'guaranteed':{'requests.cpu':'" + cpu + "'}}}";
    client.patch(key, "status", Patch.merge(TestPods.json(status))).orThrow();
  }

  void node(ObjectNode node) {
    client.create(ResourceScope.cluster(NODES, "root"), node).orThrow();
  }

  void patchNode(String name, String json) {
    client
        .patch(new ObjectKey(NODES, "root", "", name), "", Patch.merge(TestPods.json(json)))
        .orThrow();
  }

  ObjectKey pod(ObjectNode pod) {
    return pod("acme", pod);
  }

  ObjectKey pod(String cluster, ObjectNode pod) {
    return client.create(ResourceScope.namespace(PODS, cluster, "default"), pod).orThrow().key();
  }

  void delete(ObjectKey pod) {
    client
        .get(pod)
        .orAbsent()
        .ifPresent(found -> client.delete(pod, DeleteOptions.now(found.meta().uid())));
  }

  String nodeOf(ObjectKey pod) {
    return client
        .get(pod)
        .orAbsent()
        .map(p -> p.tree().at("/spec/nodeName").asString(""))
        .orElse("gone");
  }

  String told(ObjectKey pod) {
    return client.get(pod).orAbsent().map(p -> PodView.of(p).told()).orElse("gone");
  }

  List<ApiObject> all(GroupResource resource) {
    return client
        .list(ResourceScope.everywhere(resource), ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }

  /** Waits for an event of this reason that says this. */
  void awaitEvent(String reason, String message) {
    await("the event", () -> messages(reason).contains(message), () -> messages(reason));
  }

  List<String> messages(String reason) {
    return all(EVENTS).stream()
        .map(ApiObject::tree)
        .filter(e -> e.path("reason").asString("").equals(reason))
        .map(e -> e.path("message").asString(""))
        .toList();
  }

  void awaitNode(ObjectKey pod, String node) {
    await("the binding", () -> nodeOf(pod).equals(node), () -> nodeOf(pod) + " " + told(pod));
  }

  void awaitTold(ObjectKey pod, String message) {
    await("the message", () -> told(pod).equals(message), () -> nodeOf(pod) + " " + told(pod));
  }

  /** Waits until it holds, looking at every change; while nothing changes, time passes. */
  void await(String what, BooleanSupplier condition, Supplier<Object> state) {
    if (!api.await(condition, this::pass)) {
      Assertions.fail(what + " did not come about; " + state.get());
    }
  }

  /** Time passes only while all wait: how much work takes none is not the machine's to say. */
  private void pass() {
    if (term.idle() && term.bindings() == 0 && term.questions() <= unanswered.getAsInt()) {
      timers.advance(Duration.ofMillis(50));
    }
  }

  @Override
  public void close() {
    term.close();
  }
}
