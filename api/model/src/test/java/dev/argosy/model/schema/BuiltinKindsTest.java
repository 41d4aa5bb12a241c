package dev.argosy.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class BuiltinKindsTest {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static KindSchema kind(String apiVersion, String kind) {
    return KINDS.root().ofKind(apiVersion, kind).orElseThrow();
  }

  @Test
  void servesPlatformKindsOnlyInRoot() {
    assertThat(KINDS.root().find("tenancy.argosy.dev", "v1", "tenants")).isPresent();
    assertThat(KINDS.tenant().find("tenancy.argosy.dev", "v1", "tenants")).isEmpty();
    assertThat(KINDS.tenant().all()).hasSizeGreaterThanOrEqualTo(24);
    assertThat(KINDS.ofCluster("acme")).isSameAs(KINDS.tenant());
  }

  @Test
  void everyRowHasAType() {
    for (KindSchema kind : KINDS.root().all()) {
      assertThat(kind.struct()).as("%s", kind).isPresent();
      assertThat(kind.columns()).isNotEmpty();
      assertThat(kind.fieldLabelNames()).contains("metadata.name");
      assertThat(kind.columns()).hasSameSizeAs(kind.cells(json("{}"), NOW));
    }
  }

  /** A resource with two rows stands twice in discovery and in OpenAPI. */
  @Test
  void everyResourceHasOneRow() {
    assertThat(KINDS.root().all())
        .extracting(kind -> kind.type().apiVersion() + "/" + kind.type().resource())
        .doesNotHaveDuplicates();
  }

  @Test
  void eventsShareTheirStorage() {
    KindSchema events = kind("events.k8s.io/v1", "Event");
    ObjectNode stored =
        events.toStored(json("{'apiVersion':'events.k8s.io/v1','note':'n','regarding':{}}"));
    assertThat(events.storage()).isEqualTo(new GroupResource("", "events"));
    assertThat(stored).isEqualTo(json("{'apiVersion':'v1','message':'n','involvedObject':{}}"));
    assertThat(events.fromStored(stored))
        .isEqualTo(json("{'apiVersion':'events.k8s.io/v1','note':'n','regarding':{}}"));
  }

  @Test
  void prunesUnknownFieldsAndSaysWhich() {
    ObjectNode pod =
        json(
            "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a','labels':null,'x':1},"
                + "'spec':{'containers':[{'name':'c','image':'i','bad':2,'env':[]}],'hostPID':false,"
                + "'volumes':[{'name':'v','emptyDir':{'sizeLimit':'1024Mi'}}]}}");
    List<String> removed = kind("v1", "Pod").prune(pod);
    assertThat(removed).containsExactly("metadata.x", "spec.containers[0].bad");
    assertThat(pod)
        .isEqualTo(
            json(
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'},"
                    + "'spec':{'containers':[{'name':'c','image':'i'}],"
                    + "'volumes':[{'name':'v','emptyDir':{'sizeLimit':'1Gi'}}]}}"));
  }

  @Test
  void refusesWrongTypesInTheWordsOfTheApi() {
    ObjectNode deployment = json("{'spec':{'replicas':'three'}}");
    assertThatThrownBy(() -> kind("apps/v1", "Deployment").prune(deployment))
        .isInstanceOf(StatusException.class)
        .hasMessage(
            "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal"
                + " string into Go struct field DeploymentSpec.spec.replicas of type int32");
  }

  @Test
  void fillsInTheDefaultsOfPods() {
    ObjectNode pod =
        json(
            "{'metadata':{'name':'a'},'spec':{'containers':[{'name':'c','image':'i:1',"
                + "'ports':[{'containerPort':80}],'resources':{'limits':{'cpu':'1'}},"
                + "'livenessProbe':{'httpGet':{'port':80}}}]}}");
    kind("v1", "Pod").applyDefaults(pod);
    assertThat(pod.path("spec"))
        .isEqualTo(
            json(
                "{'containers':[{'name':'c','image':'i:1',"
                    + "'ports':[{'containerPort':80,'protocol':'TCP'}],"
                    + "'resources':{'limits':{'cpu':'1'},'requests':{'cpu':'1'}},"
                    + "'livenessProbe':{'httpGet':{'port':80,'path':'/','scheme':'HTTP'},"
                    + "'timeoutSeconds':1,'periodSeconds':10,'successThreshold':1,"
                    + "'failureThreshold':3},'imagePullPolicy':'IfNotPresent',"
                    + "'terminationMessagePath':'/dev/termination-log',"
                    + "'terminationMessagePolicy':'File'}],'dnsPolicy':'ClusterFirst',"
                    + "'restartPolicy':'Always','securityContext':{},"
                    + "'terminationGracePeriodSeconds':30,'schedulerName':'default-scheduler',"
                    + "'enableServiceLinks':true}"));
  }
}
