package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Parts of pods that only their own subresource changes: ephemeral containers and resources. */
class PodSubresourcesTest {

  private static final String PODS = "/clusters/acme/api/v1/namespaces/default/pods";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  private Answer create(String name, String container) {
    Answer made =
        client.post(
            PODS,
            "{'metadata':{'name':'%s'},'spec':{'containers':[%s]}}"
                .formatted(name, container)
                .replace('\'', '"'));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    return made;
  }

  private Answer patch(String path, String body) {
    return client.patch(PODS + path, STRATEGIC, body.replace('\'', '"'));
  }

  private Answer debug(String pod, String container) {
    return patch(
        "/" + pod + "/ephemeralcontainers",
        "{'spec':{'ephemeralContainers':[%s]}}".formatted(container));
  }

  @Test
  void containersJoinARunningPod() {
    create("joined", "{'name':'c','image':'i'}");
    Answer added =
        debug("joined", "{'name':'debugger','image':'busybox','targetContainerName':'c'}");
    assertThat(added.code()).as(added.text()).isEqualTo(200);
    assertThat(added.at("spec.ephemeralContainers.0.name")).isEqualTo("debugger");
    assertThat(added.at("spec.ephemeralContainers.0.imagePullPolicy")).isEqualTo("Always");
    assertThat(added.at("metadata.generation")).isEqualTo("2");
    Answer second = debug("joined", "{'name':'more','image':'busybox:1'}");
    assertThat(second.json().path("spec").path("ephemeralContainers")).hasSize(2);
    Answer read = client.get(PODS + "/joined/ephemeralcontainers");
    assertThat(read.at("kind")).isEqualTo("Pod");
    assertThat(read.json().path("spec").path("ephemeralContainers")).hasSize(2);
  }

  @Test
  void nothingElseChangesThroughEphemeralContainers() {
    create("only", "{'name':'c','image':'i'}");
    Answer changed =
        patch(
            "/only/ephemeralcontainers",
            "{'metadata':{'labels':{'a':'b'}},'spec':{'activeDeadlineSeconds':5,"
                + "'ephemeralContainers':[{'name':'d','image':'i'}]}}");
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
    assertThat(changed.at("metadata.labels.a")).isEmpty();
    assertThat(changed.at("spec.activeDeadlineSeconds")).isEmpty();
    assertThat(changed.at("spec.ephemeralContainers.0.name")).isEqualTo("d");
  }

  @Test
  void ephemeralContainersStayAsTheyAre() {
    create("stays", "{'name':'c','image':'i'}");
    debug("stays", "{'name':'d','image':'i'}");
    Answer changed = debug("stays", "{'name':'d','image':'j'}");
    assertThat(changed.code()).isEqualTo(422);
    assertThat(changed.at("message"))
        .startsWith(
            "Pod \"stays\" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral"
                + " containers \"d\" may not be changed");
    Answer removed =
        client.patch(
            PODS + "/stays/ephemeralcontainers",
            "application/merge-patch+json",
            "{\"spec\":{\"ephemeralContainers\":[]}}");
    assertThat(removed.code()).isEqualTo(422);
    assertThat(removed.at("message")).contains("may not be removed");
    Answer main = patch("/stays", "{'spec':{'ephemeralContainers':[{'name':'e','image':'i'}]}}");
    assertThat(main.code()).isEqualTo(422);
    assertThat(main.at("message")).contains("pod updates may not change fields other than");
  }

  @Test
  void ephemeralContainersAreHeldToTheirFields() {
    create("bad", "{'name':'c','image':'i'}");
    Answer refused =
        debug(
            "bad",
            "{'name':'d','image':'i','targetContainerName':'none','ports':[{'containerPort':1}]}");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.at("message"))
        .contains("spec.ephemeralContainers[0].targetContainerName: Not found: \"none\"")
        .contains(
            "spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral"
                + " Container");
  }

  @Test
  void putReplacesAndOwnersAreTold() {
    create("put", "{'name':'c','image':'i'}");
    String pod =
        client
            .get(PODS + "/put")
            .text()
            .replace(
                "\"containers\":",
                "\"ephemeralContainers\":[{\"name\":\"d\",\"image\":\"i\"}],\"containers\":");
    Answer put = client.put(PODS + "/put/ephemeralcontainers?fieldManager=debug", pod);
    assertThat(put.code()).as(put.text()).isEqualTo(200);
    JsonNode entry = managed(put, "debug");
    assertThat(entry.path("subresource").asString()).isEqualTo("ephemeralcontainers");
    assertThat(entry.path("fieldsV1").path("f:spec").propertyNames())
        .containsExactly("f:ephemeralContainers");
    Answer stale = client.put(PODS + "/put/ephemeralcontainers", pod);
    assertThat(stale.code()).isEqualTo(409);
  }

  private static JsonNode managed(Answer answer, String manager) {
    for (JsonNode entry : answer.json().path("metadata").path("managedFields")) {
      if (entry.path("manager").asString().equals(manager)) {
        return entry;
      }
    }
    throw new AssertionError(manager + " owns nothing: " + answer.text());
  }

  private static final String SIZED =
      "{'name':'c','image':'i','resources':{'requests':{'cpu':'100m','memory':'64Mi'},"
          + "'limits':{'cpu':'1','memory':'128Mi'}}}";

  private Answer resize(String pod, String resources) {
    return patch(
        "/" + pod + "/resize",
        "{'spec':{'containers':[{'name':'c','resources':%s}]}}".formatted(resources));
  }

  @Test
  void resourcesChangeThroughResizeOnly() {
    create("sized", SIZED);
    Answer resized = resize("sized", "{'requests':{'cpu':'200m'},'limits':{'memory':'256Mi'}}");
    assertThat(resized.code()).as(resized.text()).isEqualTo(200);
    assertThat(resized.at("spec.containers.0.resources.requests.cpu")).isEqualTo("200m");
    assertThat(resized.at("spec.containers.0.resources.requests.memory")).isEqualTo("64Mi");
    assertThat(resized.at("spec.containers.0.resources.limits.memory")).isEqualTo("256Mi");
    assertThat(resized.at("metadata.generation")).isEqualTo("2");
    assertThat(client.get(PODS + "/sized/resize").at("metadata.generation")).isEqualTo("2");
    Answer main =
        patch(
            "/sized",
            "{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'300m'}}}]}}");
    assertThat(main.code()).isEqualTo(422);
    assertThat(main.at("message")).contains("pod updates may not change fields other than");
  }

  @Test
  void resizeTakesResourcesAlone() {
    create("alone", SIZED);
    Answer changed =
        patch(
            "/alone/resize",
            "{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'other',"
                + "'resources':{'requests':{'cpu':'150m'}}}]}}");
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
    assertThat(changed.at("spec.containers.0.image")).isEqualTo("i");
    assertThat(changed.at("metadata.labels.a")).isEmpty();
    assertThat(changed.at("spec.containers.0.resources.requests.cpu")).isEqualTo("150m");
  }

  @Test
  void resizeKeepsTheQualityOfService() {
    create("quality", SIZED);
    Answer same = resize("quality", "{'requests':{'cpu':'1','memory':'128Mi'}}");
    assertThat(same.code()).isEqualTo(422);
    assertThat(same.at("message"))
        .isEqualTo(
            "Pod \"quality\" is invalid: spec: Invalid value: \"Burstable\": Pod QOS Class may not"
                + " change as a result of resizing");
    Answer less = resize("quality", "{'limits':{'memory':null}}");
    assertThat(less.code()).isEqualTo(422);
    assertThat(less.at("message"))
        .contains(
            "spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed");
    Answer other = resize("quality", "{'requests':{'ephemeral-storage':'1Gi'}}");
    assertThat(other.code()).isEqualTo(422);
    assertThat(other.at("message"))
        .isEqualTo(
            "Pod \"quality\" is invalid: spec: Forbidden: only cpu and memory resources are"
                + " mutable");
  }

  @Test
  void containersCannotComeOrGoOnResize() {
    create("set", SIZED);
    Answer added = patch("/set/resize", "{'spec':{'containers':[{'name':'d','image':'i'}]}}");
    assertThat(added.code()).isEqualTo(422);
    assertThat(added.at("message"))
        .contains("spec.containers: Forbidden: containers may not be added or removed on resize");
  }

  @Test
  void runningContainersNeedANodeThatCanResize() {
    create("old", SIZED);
    client.patch(
        PODS + "/old/status",
        "application/merge-patch+json",
        "{\"status\":{\"containerStatuses\":[{\"name\":\"c\",\"image\":\"i\",\"imageID\":\"\","
            + "\"ready\":true,\"restartCount\":0,\"state\":{\"running\":{}}}]}}");
    Answer refused = resize("old", "{'requests':{'cpu':'200m'}}");
    assertThat(refused.code()).as(refused.text()).isEqualTo(422);
    assertThat(refused.at("message"))
        .isEqualTo(
            "Pod \"old\" is invalid: spec: Forbidden: Pod running on node without support for"
                + " resize");
  }

  /** Of a container that asks for nothing, a node that can resize says so with an empty object. */
  @Test
  void whatNodesSayOfResourcesIsKeptAndLetsThemBeChanged() {
    create("told", SIZED);
    Answer told =
        client.patch(
            PODS + "/told/status",
            "application/merge-patch+json",
            "{\"status\":{\"containerStatuses\":[{\"name\":\"c\",\"image\":\"i\",\"imageID\":\"\","
                + "\"allocatedResources\":{\"cpu\":\"100m\",\"memory\":\"64Mi\"},\"resources\":{},"
                + "\"ready\":true,\"restartCount\":0,\"state\":{\"running\":{}}}]}}");
    assertThat(told.code()).as(told.text()).isEqualTo(200);
    JsonNode status = client.get(PODS + "/told").json().at("/status/containerStatuses/0");
    assertThat(status.path("resources").isObject()).isTrue();
    assertThat(status.path("allocatedResources").path("cpu").asString()).isEqualTo("100m");
    assertThat(resize("told", "{'requests':{'cpu':'200m'}}").code()).isEqualTo(200);
  }

  @Test
  void resizesAreChargedAndLimited() {
    String namespaces = "/clusters/acme/api/v1/namespaces";
    client.post(namespaces, "{\"metadata\":{\"name\":\"tight\"}}");
    client.post(namespaces + "/tight/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    String pods = namespaces + "/tight/pods";
    client.post(
        namespaces + "/tight/resourcequotas",
        "{\"metadata\":{\"name\":\"q\"},\"spec\":{\"hard\":{\"requests.cpu\":\"250m\"}}}");
    client.post(
        namespaces + "/tight/limitranges",
        "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"limits\":[{\"type\":\"Container\",\"max\":"
            + "{\"memory\":\"1Gi\"}}]}}");
    Answer made =
        client.post(
            pods,
            "{'metadata':{'name':'p'},'spec':{'containers':[%s]}}"
                .formatted(SIZED)
                .replace('\'', '"'));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    Answer over =
        client.patch(
            pods + "/p/resize",
            STRATEGIC,
            "{\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":"
                + "{\"cpu\":\"300m\"}}}]}}");
    assertThat(over.code()).as(over.text()).isEqualTo(403);
    assertThat(over.at("message"))
        .contains(
            "exceeded quota: q, requested: requests.cpu=200m, used: requests.cpu=100m,"
                + " limited: requests.cpu=250m");
    Answer within =
        client.patch(
            pods + "/p/resize",
            STRATEGIC,
            "{\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":"
                + "{\"cpu\":\"250m\"}}}]}}");
    assertThat(within.code()).as(within.text()).isEqualTo(200);
    assertThat(client.get(namespaces + "/tight/resourcequotas/q").text())
        .contains("\"used\":{\"requests.cpu\":\"250m\"}");
    Answer tooMuch =
        client.patch(
            pods + "/p/resize",
            STRATEGIC,
            "{\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"limits\":"
                + "{\"memory\":\"2Gi\"}}}]}}");
    assertThat(tooMuch.code()).isEqualTo(403);
    assertThat(tooMuch.at("message"))
        .contains("maximum memory usage per Container is 1Gi, but limit is 2Gi");
  }

  @Test
  void applyOwnsWhatResizeCanWrite() {
    create("applied", SIZED);
    Answer applied =
        client.patch(
            PODS + "/applied/resize?fieldManager=sizer&force=true",
            "application/apply-patch+yaml",
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"applied\"},\"spec\":"
                + "{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":{\"cpu\":\"120m\"}}}]}}");
    assertThat(applied.code()).as(applied.text()).isEqualTo(200);
    assertThat(applied.at("spec.containers.0.resources.requests.cpu")).isEqualTo("120m");
    JsonNode entry = managed(applied, "sizer");
    assertThat(entry.path("subresource").asString()).isEqualTo("resize");
    assertThat(entry.path("operation").asString()).isEqualTo("Apply");
    assertThat(entry.path("fieldsV1").toString())
        .contains("f:cpu")
        .doesNotContain("f:image")
        .doesNotContain("\"f:name\"");
  }
}
