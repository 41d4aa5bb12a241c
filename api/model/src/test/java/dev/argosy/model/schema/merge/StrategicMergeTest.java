package dev.argosy.model.schema.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.StructType;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class StrategicMergeTest {

  private static final StructType POD_SPEC = FieldTable.load().get("v1", "PodSpec");
  private static final StructType META = FieldTable.load().get("meta/v1", "ObjectMeta");

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // merge by key
        "{'containers':[{'name':'a','image':'1'},{'name':'b'}]} |"
            + " {'containers':[{'name':'a','image':'2'}]} |"
            + " {'containers':[{'name':'a','image':'2'},{'name':'b'}]}",
        // add
        "{'containers':[{'name':'a'}]} | {'containers':[{'name':'c','image':'i'}]} |"
            + " {'containers':[{'name':'c','image':'i'},{'name':'a'}]}",
        // delete one
        "{'containers':[{'name':'a'},{'name':'b'}]} |"
            + " {'containers':[{'name':'a','$patch':'delete'}]} | {'containers':[{'name':'b'}]}",
        // replace the whole list
        "{'containers':[{'name':'a'},{'name':'b'}]} |"
            + " {'containers':[{'$patch':'replace'},{'name':'z'}]} | {'containers':[{'name':'z'}]}",
        // order
        "{'containers':[{'name':'a'},{'name':'b'}]} |"
            + " {'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]} |"
            + " {'containers':[{'name':'b'},{'name':'a'}]}",
        "{'containers':[{'name':'a'},{'name':'s'},{'name':'b'}]} |"
            + " {'$setElementOrder/containers':[{'name':'b'},{'name':'c'},{'name':'a'}],'containers':[{'name':'c'}]}"
            + " | {'containers':[{'name':'s'},{'name':'b'},{'name':'c'},{'name':'a'}]}",
        // atomic list is replaced
        "{'tolerations':[{'key':'a'},{'key':'b'}]} | {'tolerations':[{'key':'c'}]} |"
            + " {'tolerations':[{'key':'c'}]}",
        // nulls remove
        "{'hostname':'h','nodeName':'n'} | {'hostname':null} | {'nodeName':'n'}",
        // maps merge
        "{'nodeSelector':{'a':'1','b':'2'}} | {'nodeSelector':{'b':null,'c':'3'}} |"
            + " {'nodeSelector':{'a':'1','c':'3'}}",
        // replace and delete of an object
        "{'securityContext':{'runAsUser':1}} | {'securityContext':{'$patch':'replace','fsGroup':2}}"
            + " | {'securityContext':{'fsGroup':2}}",
        "{'securityContext':{'runAsUser':1}} | {'securityContext':{'$patch':'delete'}} |"
            + " {'securityContext':{}}",
        // retain keys: another volume source takes the place of the old one
        "{'volumes':[{'name':'v','emptyDir':{}}]} |"
            + " {'volumes':[{'name':'v','$retainKeys':['name','hostPath'],'hostPath':{'path':'/x'}}]}"
            + " | {'volumes':[{'name':'v','hostPath':{'path':'/x'}}]}",
        // ports by containerPort, nested
        "{'containers':[{'name':'a','ports':[{'containerPort':80}]}]} |"
            + " {'containers':[{'name':'a','ports':[{'containerPort':80,'name':'web'},{'containerPort':81}]}]}"
            + " | {'containers':[{'name':'a','ports':[{'containerPort':80,'name':'web'},{'containerPort':81}]}]}"
      })
  void mergesPodSpecs(String original, String patch, String expected) {
    ObjectNode before = json(original);
    assertThat(StrategicMerge.apply(POD_SPEC, before, json(patch))).isEqualTo(json(expected));
    assertThat(before).isEqualTo(json(original));
  }

  @Test
  void plainListsAreSets() {
    ObjectNode original = json("{'finalizers':['a','b']}");
    assertThat(StrategicMerge.apply(META, original, json("{'finalizers':['b','c']}")))
        .isEqualTo(json("{'finalizers':['a','b','c']}"));
    ObjectNode deletion = json("{'$deleteFromPrimitiveList/finalizers':['a']}");
    assertThat(StrategicMerge.apply(META, original, deletion))
        .isEqualTo(json("{'finalizers':['b']}"));
  }

  @Test
  void refusesNonsense() {
    ObjectNode original = json("{'containers':[{'name':'a'}]}");
    for (String patch :
        new String[] {
          "{'containers':[{'image':'x'}]}",
          "{'containers':['x']}",
          "{'$patch':'explode'}",
          "{'$retainKeys':'a'}",
          "{'$retainKeys':['b'],'hostname':'h'}",
          "{'$setElementOrder/containers':'a'}"
        }) {
      assertThatThrownBy(() -> StrategicMerge.apply(POD_SPEC, original, json(patch)))
          .as(patch)
          .isInstanceOf(PatchSyntaxException.class);
    }
  }

  @Provide
  Arbitrary<ObjectNode> specs() {
    return Arbitraries.strings().withChars("abcd").ofMaxLength(4).map(StrategicMergeTest::spec);
  }

  /** A spec with one container per different letter, in that order. */
  private static ObjectNode spec(String letters) {
    ObjectNode spec = Json.object();
    ArrayNode containers = spec.putArray("containers");
    letters
        .chars()
        .distinct()
        .forEach(c ->
            containers.addObject().put("name", "" + (char) c).put("image", letters + (char) c));
    return spec;
  }

  @Property
  void applyingTwiceIsApplyingOnce(
      @ForAll("specs") ObjectNode original, @ForAll("specs") ObjectNode patch) {
    ObjectNode once = StrategicMerge.apply(POD_SPEC, original, patch);
    assertThat(StrategicMerge.apply(POD_SPEC, once, patch)).isEqualTo(once);
  }

  @Property
  void theEmptyPatchChangesNothing(@ForAll("specs") ObjectNode original) {
    assertThat(StrategicMerge.apply(POD_SPEC, original, Json.object())).isEqualTo(original);
    assertThat(StrategicMerge.apply(POD_SPEC, original, original)).isEqualTo(original);
  }

  @Property
  void everyPatchedElementIsThere(
      @ForAll("specs") ObjectNode original, @ForAll("specs") ObjectNode patch) {
    ObjectNode result = StrategicMerge.apply(POD_SPEC, original, patch);
    assertThat(result.path("containers")).containsAll(patch.path("containers"));
  }
}
