package dev.argosy.model.schema.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PrunerTest {

  private static final FieldTable FIELDS = FieldTable.load();

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> prune(String type, ObjectNode object) {
    return Pruner.prune(FIELDS.get("v1", type), object);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Secret | {'data':{'a':'YQ==','b':null}} | {'data':{'a':'YQ==','b':''}}",
        "Pod | {'metadata':{'creationTimestamp':'2026-01-01T00:00:00.5+02:00'}} | {'metadata':{'creationTimestamp':'2025-12-31T22:00:00Z'}}",
        "Container | {'name':'','resources':{'limits':{'cpu':1,'memory':'1024Mi'}}} | {'name':'','resources':{'limits':{'cpu':'1','memory':'1Gi'}}}",
        "ServicePort | {'port':80,'targetPort':'web','nodePort':0} | {'port':80,'targetPort':'web'}",
        "PodSpec | {'containers':[],'automountServiceAccountToken':false,'hostIPC':false,'replicas':null} | {'containers':[],'automountServiceAccountToken':false}",
        "Probe | {'httpGet':{'port':8.0e1},'periodSeconds':1e1} | {'httpGet':{'port':80},'periodSeconds':10}",
        "Volume | {'name':'v','emptyDir':{}} | {'name':'v','emptyDir':{}}"
      })
  void keepsWhatATypedServerWouldKeep(String type, String text, String expected) {
    ObjectNode object = json(text);
    prune(type, object);
    assertThat(object).isEqualTo(json(expected));
    ObjectNode again = object.deepCopy();
    assertThat(prune(type, again)).isEmpty();
    assertThat(again).isEqualTo(object);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Pod | {'metadata':[]} | json: cannot unmarshal array into Go struct field Pod.metadata of type v1.ObjectMeta",
        "Pod | {'metadata':{'labels':{'a':1}}} | json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
        "Pod | {'spec':{'containers':[{'image':true}]}} | json: cannot unmarshal bool into Go struct field Container.spec.containers.image of type string",
        "Pod | {'spec':{'containers':{}}} | json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container",
        "Container | {'resources':{'limits':{'cpu':'lots'}}} | quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        "Secret | {'data':{'a':'?'}} | illegal base64 data at input byte 0",
        "ServicePort | {'port':1.5} | json: cannot unmarshal number 1.5 into Go struct field ServicePort.port of type int32"
      })
  void refusesInTheWordsOfTheApi(String type, String text, String message) {
    assertThatThrownBy(() -> prune(type, json(text)))
        .isInstanceOf(WrongTypeException.class)
        .hasMessage(message);
  }

  @Test
  void namesUnknownFieldsInOrder() {
    ObjectNode object = json("{'x':null,'spec':{'containers':[{'a.b':1},{'y':{}}]},'z':1}");
    assertThat(prune("Pod", object))
        .containsExactly("x", "spec.containers[0].a.b", "spec.containers[1].y", "z");
  }

  @Test
  void everyTypeIsResolved() {
    for (StructType type : FIELDS.all()) {
      for (Field field : type.fields()) {
        assertThat(field.facets().listType())
            .as("%s.%s", type, field.name())
            .isIn("", "set", "map", "atomic", "granular");
        if (field.facets().merges() && !field.facets().mergeKey().isEmpty()) {
          assertThat(field.type()).isInstanceOf(FieldType.ListOf.class);
        }
      }
    }
    assertThat(FIELDS.all()).hasSizeGreaterThan(500);
  }
}
