package dev.argosy.server.webhook;

import static dev.argosy.server.webhook.HookServer.allow;
import static dev.argosy.server.webhook.HookServer.deny;
import static dev.argosy.server.webhook.HookServer.patch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which requests which admission webhooks see, and in which form. */
class WebhookMatchTest extends HookedServer {

  @Test
  void dryRunNeedsWebhooksWithoutSideEffects() throws Exception {
    hooks.review("/see", r -> allow());
    install(validating("see", "/see").set("sideEffects", "\"NoneOnDryRun\""));
    assertThat(client.post(MAPS + "?dryRun=All", map("a")).code()).isEqualTo(201);
    assertThat(hooks.reviews.getLast().path("request").path("dryRun").asBoolean()).isTrue();
    store(validating("old", "/see").set("sideEffects", "\"Some\""));
    Answer refused = client.post(MAPS + "?dryRun=All", map("a"));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.at("message"))
        .isEqualTo("admission webhook \"old.example.com\" does not support dry run");
  }

  /** Keeps what would be refused today. */
  private void store(Hooks old) {
    var resource = new GroupResource(HookSource.GROUP, "validatingwebhookconfigurations");
    ObjectKey key = new ObjectKey(resource, "acme", "", "old");
    var result =
        server.store.commit(
            List.of(new Change.Create(key, old.toString().getBytes(StandardCharsets.UTF_8))));
    await(resource, ((CommitResult.Committed) result).revision());
  }

  @Test
  void selectorsLimitWhatIsSeen() throws Exception {
    hooks.review("/deny", r -> deny("seen"));
    install(
        validating("objects", "/deny")
            .set("objectSelector", "{\"matchLabels\":{\"seen\":\"yes\"}}"));
    install(
        validating("namespaces", "/deny")
            .set("namespaceSelector", "{\"matchLabels\":{\"seen\":\"yes\"}}"));
    assertThat(client.post(MAPS, map("a")).code()).isEqualTo(201);
    String labelled = "{\"metadata\":{\"name\":\"b\",\"labels\":{\"seen\":\"yes\"}}}";
    assertThat(client.post(MAPS, labelled).at("message")).contains("objects.example.com");
    Answer space =
        client.patch(
            "/clusters/acme/api/v1/namespaces/default",
            "application/merge-patch+json",
            "{\"metadata\":{\"labels\":{\"seen\":\"yes\"}}}");
    assertThat(space.code()).isEqualTo(200);
    await(
        new GroupResource("", "namespaces"), Long.parseLong(space.at("metadata.resourceVersion")));
    assertThat(client.post(MAPS, map("c")).at("message")).contains("namespaces.example.com");
  }

  @Test
  void conditionsLimitWhatIsSeen() throws Exception {
    hooks.review("/deny", r -> deny("seen"));
    install(
        validating("cel", "/deny")
            .set(
                "matchConditions",
                "[{\"name\":\"named\",\"expression\":\"request.name == 'bad'\"},"
                    + "{\"name\":\"data\",\"expression\":\"object.data.k == 'v'\"}]"));
    assertThat(client.post(MAPS, map("good")).code()).isEqualTo(201);
    assertThat(client.post(MAPS, map("bad")).code()).isEqualTo(400);
    Answer failed = client.post(MAPS, "{\"metadata\":{\"name\":\"bad\"}}");
    assertThat(failed.code()).as(failed.text()).isEqualTo(403);
    assertThat(failed.at("message")).contains("no such key: data");
    Answer wrong =
        client.post(
            "/clusters/acme" + Hooks.VALIDATING,
            validating("wrong", "/deny")
                .set("matchConditions", "[{\"name\":\"x\",\"expression\":\"1 +\"}]")
                .toString());
    assertThat(wrong.code()).isEqualTo(422);
    assertThat(wrong.at("message")).contains("webhooks[0].matchConditions[0].expression");
  }

  @Test
  void equivalentVersionsAreConverted() throws Exception {
    hooks.review("/deny", r -> deny(r.path("kind").path("group").asString("")));
    install(
        validating("events", "/deny")
            .rules(
                "[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"events.k8s.io\"],"
                    + "\"apiVersions\":[\"v1\"],\"resources\":[\"events\"]}]"));
    String event =
        "{\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"default\"},"
            + "\"reason\":\"R\",\"message\":\"m\",\"type\":\"Normal\"}";
    String events = "/clusters/acme/api/v1/namespaces/default/events";
    assertThat(client.post(events, event).at("message")).endsWith("events.k8s.io");
    JsonNode request = hooks.reviews.getLast().path("request");
    assertThat(request.path("requestKind").path("group").asString("")).isEmpty();
    assertThat(request.path("object").path("apiVersion").asString()).isEqualTo("events.k8s.io/v1");
    assertThat(request.path("object").path("note").asString()).isEqualTo("m");
    client.delete("/clusters/acme" + Hooks.VALIDATING + "/events", "");
    install(
        validating("exact", "/deny")
            .set("matchPolicy", "\"Exact\"")
            .rules(
                "[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"events.k8s.io\"],"
                    + "\"apiVersions\":[\"v1\"],\"resources\":[\"events\"]}]"));
    assertThat(client.post(events, event).code()).isEqualTo(201);
  }

  @Test
  void nobodysWebhookSeesWebhookConfigurations() throws Exception {
    hooks.review("/deny", r -> deny("locked out"));
    install(
        validating("all", "/deny")
            .rules(
                "[{\"operations\":[\"*\"],\"apiGroups\":[\"*\"],\"apiVersions\":[\"*\"],"
                    + "\"resources\":[\"*/*\"]}]"));
    assertThat(client.post(MAPS, map("a")).code()).isEqualTo(400);
    assertThat(client.delete("/clusters/acme" + Hooks.VALIDATING + "/all", "").code())
        .isEqualTo(200);
  }

  @Test
  void scaleIsSeenAsScale() throws Exception {
    String deployments = "/clusters/acme/apis/apps/v1/namespaces/default/deployments";
    client.post(
        deployments,
        "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":1,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},"
            + "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}");
    hooks.review(
        "/scale", r -> patch("[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":7}]"));
    install(
        mutating("scale", "/scale")
            .rules(
                "[{\"operations\":[\"UPDATE\"],\"apiGroups\":[\"apps\"],\"apiVersions\":[\"v1\"],"
                    + "\"resources\":[\"deployments/scale\"]}]"));
    Answer scaled =
        client.patch(
            deployments + "/d/scale",
            "application/merge-patch+json",
            "{\"spec\":{\"replicas\":3}}");
    assertThat(scaled.at("spec.replicas")).as(scaled.text()).isEqualTo("7");
    JsonNode request = hooks.reviews.getFirst().path("request");
    assertThat(request.path("kind").path("kind").asString()).isEqualTo("Scale");
    assertThat(request.path("subResource").asString()).isEqualTo("scale");
    assertThat(request.path("object").path("kind").asString()).isEqualTo("Scale");
  }

  @Test
  void clustersHaveTheirOwnWebhooks() throws Exception {
    hooks.review("/deny", r -> deny("acme only"));
    install(validating("deny", "/deny"));
    assertThat(client.post(MAPS, map("a")).code()).isEqualTo(400);
    assertThat(client.post("/clusters/root/api/v1/namespaces/default/configmaps", map("a")).code())
        .isEqualTo(201);
  }
}
