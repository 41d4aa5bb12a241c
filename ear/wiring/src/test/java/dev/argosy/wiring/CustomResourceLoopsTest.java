package dev.argosy.wiring;

import dev.argosy.controllers.ControllerConfig;
import dev.argosy.controllers.ControllerManager;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.time.SystemTimers;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Garbage collection and the end of namespaces care for custom resources as for all others. */
class CustomResourceLoopsTest {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  private static final GroupResource DEFINITIONS =
      new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");
  private static final GroupResource LAMPS = new GroupResource("example.com", "lamps");

  private final TestServer server = TestServer.start();
  private final StoreChanges changes = new StoreChanges(server.store);
  private final ApiClient client = server.admin();
  private final SystemTimers timers = new SystemTimers();
  private final ControllerManager controllers =
      new ControllerManager(
          server.server.clients(),
          ControllerConfig.of(
              "test", "CA", () -> StoredKinds.of(BuiltinKinds.load().ofCluster("root"))),
          timers);

  @BeforeEach
  void start() {
    controllers.start();
    create(
        "",
        DEFINITIONS,
        "{'metadata':{'name':'lamps.example.com'},'spec':{'group':'example.com','scope':'Namespaced',"
            + "'names':{'plural':'lamps','kind':'Lamp'},'versions':[{'name':'v1','served':true,"
            + "'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}]}}");
    create("", NAMESPACES, "{'metadata':{'name':'shop'}}");
  }

  @AfterEach
  void close() {
    controllers.close();
    timers.close();
    changes.close();
    server.close();
  }

  @Test
  void whatACustomResourceOwnsGoesWithIt() {
    ApiObject lamp = create("shop", LAMPS, "{'metadata':{'name':'lamp'}}");
    ApiObject owned =
        create(
            "shop",
            CONFIG_MAPS,
            "{'metadata':{'name':'owned'," + owner(lamp, "example.com/v1") + "}}");
    ApiObject second =
        create("shop", LAMPS, "{'metadata':{'name':'second'," + owner(owned, "v1") + "}}");
    client.delete(lamp.key(), DeleteOptions.DEFAULT).orThrow();
    changes.await("the owned one is gone", () -> absent(owned.key()), () -> owned);
    changes.await("and what that owned", () -> absent(second.key()), () -> second);
  }

  @Test
  void aNamespaceTakesCustomResourcesAlong() {
    ApiObject lamp = create("shop", LAMPS, "{'metadata':{'name':'lamp'}}");
    ObjectKey shop = new ObjectKey(NAMESPACES, "acme", "", "shop");
    client.delete(shop, DeleteOptions.DEFAULT).orThrow();
    changes.await("the namespace is gone", () -> absent(shop), () -> client.get(shop));
    changes.await("and the lamp", () -> absent(lamp.key()), () -> lamp);
  }

  private boolean absent(ObjectKey key) {
    return client.get(key).orAbsent().isEmpty();
  }

  private static String owner(ApiObject owner, String apiVersion) {
    return "'ownerReferences':[{'apiVersion':'"
        + apiVersion
        + "','kind':'"
        + owner.tree().path("kind").asString("")
        + "','name':'"
        + owner.name()
        + "','uid':'"
        + owner.meta().uid()
        + "'}]";
  }

  private ApiObject create(String namespace, GroupResource resource, String json) {
    ObjectNode object = (ObjectNode) Json.mapper().readTree(json.replace('\'', '"'));
    return client.create(ResourceScope.namespace(resource, "acme", namespace), object).orThrow();
  }
}
