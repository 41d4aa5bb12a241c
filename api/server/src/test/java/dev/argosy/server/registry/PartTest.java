package dev.argosy.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What each way of writing may touch. */
class PartTest {

  private static KindSchema kind(String group, String resource) {
    return BuiltinKinds.load().ofCluster("acme").find(group, "v1", resource).orElseThrow();
  }

  private static ObjectNode parse(String json) {
    return (ObjectNode) Json.mapper().readTree(json.replace('\'', '"'));
  }

  private static ObjectNode restricted(Part part, KindSchema kind, String incoming, String old) {
    ObjectNode object = parse(incoming);
    part.restrict(kind, object, parse(old));
    return object;
  }

  @Test
  void anApprovalChangesConditionsAndMetadataOnly() {
    ObjectNode object =
        restricted(
            Part.of("approval"),
            kind("certificates.k8s.io", "certificatesigningrequests"),
            "{'metadata':{'annotations':{'why':'x'}},'spec':{'signerName':'other'},"
                + "'status':{'certificate':'forged','conditions':[{'type':'Approved'}]}}",
            "{'metadata':{},'spec':{'signerName':'own'},'status':{'certificate':'real'}}");
    assertThat(object.at("/metadata/annotations/why").asString("")).isEqualTo("x");
    assertThat(object.at("/spec/signerName").asString("")).isEqualTo("own");
    assertThat(object.at("/status/certificate").asString("")).isEqualTo("real");
    assertThat(object.at("/status/conditions/0/type").asString("")).isEqualTo("Approved");
  }

  @Test
  void finalizingChangesFinalizersAndMetadataOnly() {
    ObjectNode object =
        restricted(
            Part.of("finalize"),
            kind("", "namespaces"),
            "{'metadata':{'labels':{'a':'b'}},'spec':{'finalizers':[]},'status':{'phase':'Odd'}}",
            "{'metadata':{},'spec':{'finalizers':['kubernetes']},'status':{'phase':'Active'}}");
    assertThat(object.at("/metadata/labels/a").asString("")).isEqualTo("b");
    assertThat(object.at("/spec/finalizers").isEmpty()).isTrue();
    assertThat(object.at("/status/phase").asString("")).isEqualTo("Active");
  }
}
