package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.tenancy.database.Sql;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A platform with a history and people, shared by the tests of history. */
@ExtendWith(HistoryScene.Sharing.class)
abstract class HistoryScene {

  static final String GROUP = "/apis/history.argosy.dev/v1/";
  static final String NS = "/api/v1/namespaces/default/";

  final EtcdServer etcd;
  final AccessRig rig;
  final String ann;
  final String vic;
  final String gus;

  /** What runs, for all classes that ask for it. */
  record Servers(EtcdServer etcd, EtcdStore store, AccessRig rig) implements AutoCloseable {

    private static Servers start() throws Exception {
      EtcdServer etcd = EtcdServer.start();
      EtcdStore store = new EtcdStore(etcd.config());
      AccessRig rig = new AccessRig(Files.createTempDirectory("history"), store);
      rig.tenant("acme", "ann");
      rig.tenant("globex", "gus");
      member(rig, "acme", "vic", "viewer");
      String vic = rig.issuer.token("vic");
      AccessRig.await(() -> rig.call("GET", NS + "configmaps", vic, null).code() == 200);
      return new Servers(etcd, store, rig);
    }

    @Override
    public void close() throws Exception {
      rig.close();
      store.close();
      etcd.close();
    }
  }

  /** Starts them once. */
  static final class Sharing extends SharedParameter<Servers> {
    Sharing() {
      super(Servers.class, Servers::start);
    }
  }

  HistoryScene(Servers servers) {
    etcd = servers.etcd();
    rig = servers.rig();
    ann = rig.issuer.token("ann");
    vic = rig.issuer.token("vic");
    gus = rig.issuer.token("gus");
  }

  static void member(AccessRig rig, String tenant, String user, String role) throws Exception {
    String body =
        """
        {"apiVersion": "tenancy.argosy.dev/v1", "kind": "Member", "metadata": {"name": "%s-%s"},
         "spec": {"tenant": "%s", "role": "%s", "subject": {"kind": "User", "name": "%s"}}}
        """
            .formatted(tenant, user, tenant, role, user);
    ok(201, rig.call("POST", "/apis/tenancy.argosy.dev/v1/members", rig.admin(), body));
  }

  JsonNode make(String token, String name, String data) throws Exception {
    String body = "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":" + data + "}";
    return ok(201, rig.call("POST", NS + "configmaps", token, body));
  }

  JsonNode patch(String token, String place, String body) throws Exception {
    return ok(200, rig.call("PATCH", NS + place, token, body));
  }

  AccessRig.Answer ask(String token, String selector, String more) throws Exception {
    String encoded = URLEncoder.encode(selector, StandardCharsets.UTF_8);
    return rig.call("GET", GROUP + "objectrevisions?fieldSelector=" + encoded + more, token, null);
  }

  List<JsonNode> list(String token, String selector) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    ok(200, ask(token, selector, "")).path("items").forEach(items::add);
    items.removeIf(item -> item.path("change").asString("").equals("Gap"));
    return items;
  }

  static String of(String name) {
    return "resource=configmaps,namespace=default,name=" + name;
  }

  /** The revisions of an object, the newest first, when there are so many with known authors. */
  List<JsonNode> await(String token, String selector, int count) throws Exception {
    AccessRig.await(() -> {
      List<JsonNode> items = list(token, selector);
      return items.size() >= count && items.stream().allMatch(item -> item.has("user"));
    });
    List<JsonNode> items = list(token, selector);
    assertThat(items).hasSize(count);
    return items;
  }

  static String name(JsonNode revision) {
    return revision.path("metadata").path("name").asString("");
  }

  AccessRig.Answer post(String token, String resource, String spec) throws Exception {
    return rig.call("POST", GROUP + resource, token, "{\"spec\":" + spec + "}");
  }

  AccessRig.Answer restore(String token, JsonNode revision) throws Exception {
    return post(token, "objectrestores", "{\"revision\":\"" + name(revision) + "\"}");
  }

  static List<String> texts(List<JsonNode> items, String field) {
    return items.stream().map(item -> item.path(field).asString("")).toList();
  }

  <T> List<T> sql(Sql statement, Sql.RowReader<T> reader) {
    return rig.database.withSql(connection -> statement.rows(connection, reader));
  }

  void run(String statement) {
    rig.database.withSql(connection -> {
      try (var some = connection.createStatement()) {
        return some.execute(statement);
      }
    });
  }
}
