package dev.argosy.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.ControllerConfig;
import dev.argosy.controllers.ControllerManager;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.time.SystemTimers;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ranges of services: what the controller says, and what the server gives by it. */
class ServiceRangeLoopTest {

  private static final GroupResource RANGES =
      new GroupResource("networking.k8s.io", "servicecidrs");
  private static final GroupResource SERVICES = new GroupResource("", "services");

  private final TestServer server = TestServer.start();
  private final StoreChanges changes = new StoreChanges(server.store);
  private final ApiClient client = server.admin();
  private final SystemTimers timers = new SystemTimers();
  private final ControllerManager controllers =
      new ControllerManager(
          server.server.clients(),
          ControllerConfig.of(
              "test",
              "CA",
              () ->
                  BuiltinKinds.load().ofCluster("root").all().stream()
                      .map(KindSchema::type)
                      .toList()),
          timers);

  @AfterEach
  void close() {
    controllers.close();
    timers.close();
    changes.close();
    server.close();
  }

  @Test
  void a_range_serves_from_when_it_is_ready_until_its_last_address_is_free() {
    controllers.start();
    range("more", "203.0.113.0/24");
    range("part", "10.96.8.0/24");
    await("more", "True", "");
    await("part", "True", "");
    service("a", "203.0.113.10").orThrow();
    service("b", "10.96.8.7").orThrow();
    delete(key(RANGES, "", "part"));
    changes.await(
        "the platform's range has its addresses, too",
        () -> client.get(key(RANGES, "", "part")).orAbsent().isEmpty(),
        () -> tree("part"));
    delete(key(RANGES, "", "more"));
    await("more", "False", "Terminating");
    assertThat(service("c", "203.0.113.11")).isInstanceOf(ApiResult.Refused.class);
    delete(key(SERVICES, "default", "a"));
    changes.await(
        "gone", () -> client.get(key(RANGES, "", "more")).orAbsent().isEmpty(), () -> tree("more"));
  }

  private void await(String range, String status, String reason) {
    changes.await(
        range + " " + status,
        () -> {
          JsonNode ready = tree(range).at("/status/conditions/0");
          return ready.path("status").asString("").equals(status)
              && ready.path("reason").asString("-").equals(reason);
        },
        () -> tree(range));
  }

  private JsonNode tree(String range) {
    return client
        .get(key(RANGES, "", range))
        .orAbsent()
        .<JsonNode>map(ApiObject::tree)
        .orElse(Json.object());
  }

  private static ObjectKey key(GroupResource resource, String namespace, String name) {
    return new ObjectKey(resource, "acme", namespace, name);
  }

  private void delete(ObjectKey key) {
    client.delete(key, DeleteOptions.DEFAULT).orThrow();
  }

  private void range(String name, String cidr) {
    client
        .create(
            ResourceScope.cluster(RANGES, "acme"),
            json("{'metadata':{'name':'%s'},'spec':{'cidrs':['%s']}}".formatted(name, cidr)))
        .orThrow();
  }

  private ApiResult<ApiObject> service(String name, String address) {
    return client.create(
        ResourceScope.namespace(SERVICES, "acme", "default"),
        json(
            "{'metadata':{'name':'%s'},'spec':{'clusterIP':'%s','ports':[{'port':80}]}}"
                .formatted(name, address)));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
  }
}
