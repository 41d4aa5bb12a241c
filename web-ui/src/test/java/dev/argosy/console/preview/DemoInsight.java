package dev.argosy.console.preview;

import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Quotas, audit records and revisions of the demo's tenant. */
final class DemoInsight {

  private static final String HISTORY = "history.argosy.dev";
  private static final int RECORDS = 150;

  private final FakeApi fake;
  private final ApiClient api;
  private final Instant now;

  DemoInsight(FakeApi fake, Instant now) {
    this.fake = fake;
    this.api = fake.client();
    this.now = now;
  }

  void fill() {
    fake.setDocument(
        "/quota-history", (cluster, query) -> quotaHistory(query.getOrDefault("from", "")));
    fake.setDocument("/usage", DemoUsage.priced(Clock.systemUTC()));
    quota(
        Resources.TENANT_QUOTAS,
        ResourceScope.cluster(Resources.TENANT_QUOTAS, "root"),
        "acme.etcd",
        Map.of("etcd.argosy.dev/objects", "100k", "etcd.argosy.dev/bytes", "512Mi"),
        Map.of("etcd.argosy.dev/objects", "4211", "etcd.argosy.dev/bytes", "314572800"));
    quota(
        Resources.RESOURCE_QUOTAS,
        ResourceScope.namespace(Resources.RESOURCE_QUOTAS, DemoData.ACME, "default"),
        "a-quota-with-quite-a-long-name-for-the-compute-of-this-namespace",
        Map.of("pods", "10", "requests.cpu", "2", "requests.memory", "4Gi"),
        Map.of("pods", "3", "requests.cpu", "1750m", "requests.memory", "5Gi"));
    for (int i = 0; i < RECORDS; i++) {
      record(i, i == 1 ? "mallory" : "somebody", i == 1 ? 403 : 200);
    }
    revision("12-a", "12", "Updated", false);
    revision("11-a", "11", "Created", true);
    fake.setAnswer(new GroupResource(HISTORY, "revisiondiffs"), "", (request, body) -> diff(body));
    fake.setAnswer(
        new GroupResource(HISTORY, "objectrestores"),
        "",
        (request, body) -> {
          body.putObject("status").put("action", "Updated");
          return body;
        });
  }

  private void quota(
      GroupResource resource,
      ResourceScope scope,
      String name,
      Map<String, String> hard,
      Map<String, String> used) {
    ObjectNode quota = object("v1", "ResourceQuota", name);
    ObjectNode spec = quota.putObject("spec").put("tenant", DemoData.ACME);
    hard.forEach(spec.putObject("hard")::put);
    ApiObject made = api.create(scope, quota).orThrow();
    ObjectNode whole = made.tree();
    ObjectNode status = whole.putObject("status");
    hard.forEach(status.putObject("hard")::put);
    used.forEach(status.putObject("used")::put);
    api.updateStatus(made.key(), whole).orThrow();
  }

  /** Twenty days, the last with most; half of what is allowed then. */
  private static String quotaHistory(String from) {
    ObjectNode history = Json.object();
    ArrayNode items = history.putArray("items");
    Instant first = Instant.parse(from).plus(Duration.ofDays(10));
    for (int day = 0; day < 20; day++) {
      ObjectNode item = items.addObject().put("quota", "acme.compute");
      item.put("at", first.plus(Duration.ofDays(day)).toString());
      item.putObject("used").put("requests.cpu", 0.25 * (day + 1)).put("requests.memory", 1L << 30);
      item.putObject("hard").put("requests.cpu", 10).put("requests.memory", 1L << 32);
    }
    return history.toString();
  }

  private void record(int number, String user, int code) {
    ObjectNode record = object("audit.argosy.dev/v1", "AuditRecord", "acme.%04d".formatted(number));
    record.put("cluster", DemoData.ACME).put("user", user).put("verb", "delete");
    record.put("at", now.minus(Duration.ofMinutes(number)).toString());
    record.put("apiGroup", "").put("resource", "secrets").put("namespace", "default");
    record.put("name", "a-secret-with-a-long-name-" + number).put("code", code);
    record.put("decision", code == 403 ? "forbid" : "allow");
    api.create(ResourceScope.cluster(Resources.AUDIT_RECORDS, DemoData.ACME), record).orThrow();
  }

  private void revision(String name, String revision, String change, boolean superseded) {
    ObjectNode node = object(HISTORY + "/v1", "ObjectRevision", name);
    node.put("group", "apps").put("resource", "deployments").put("namespace", "default");
    node.put("name", "store").put("revision", revision).put("change", change);
    node.put("recordedAt", now.toString()).put("user", "ada").put("verb", "patch");
    if (superseded) {
      node.put("supersededAt", now.toString());
    }
    GroupResource revisions = new GroupResource(HISTORY, "objectrevisions");
    api.create(ResourceScope.cluster(revisions, DemoData.ACME), node).orThrow();
  }

  private ObjectNode diff(ObjectNode body) {
    body.putObject("status")
        .putArray("changes")
        .addObject()
        .put("path", "/spec/replicas")
        .put("op", "replace")
        .put("was", "1")
        .put("is", "3")
        .put("user", "ada")
        .put("manager", "kubectl-scale")
        .put("recordedAt", now.toString());
    return body;
  }

  private static ObjectNode object(String apiVersion, String kind, String name) {
    ObjectNode object = Json.object();
    object.put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }
}
