package dev.argosy.model.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What readers get without managedFields, and without a tree. */
class ContentTest {

  private static final ObjectKey KEY =
      new ObjectKey(new GroupResource("", "pods"), "acme", "d", "p");

  private static ApiObject wire(String text) {
    return ApiObject.ofWire(KEY, 7, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'nodeName':'n1'}}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{},'spec':{'a':[{'nodeName':'x'},'}'],"
            + "'b':-1.5e3,'c':null,'nodeName':'n1','d':true}}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{'managedFields':[{'f':{'k:{}':1}}]},"
            + "'other':{'nodeName':'x'},'spec':{'nodeName':'n1'}}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','managedFields':[]},"
            + "'spec':{'nodeName':'n1'}}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{'managedFields':[{'a':'}'}],'name':'p'},"
            + "'spec':{'nodeName':'n1'}}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{ 'name' : 'p' , 'managedFields' : [ { 'a' : 1"
            + " } ]\n} ,\n 'spec' : { 'b' : 17 , 'nodeName' : 'n1' } }",
      })
  void managedFieldsAloneAreMissing(String text) {
    ApiObject object = wire(text.replace("\\\n", "\n"));
    ObjectNode expected = object.tree();
    expected.withObject("/metadata").remove("managedFields");
    assertThat(object.content()).isEqualTo(expected);
    assertThat(object.text("spec", "nodeName")).isEqualTo("n1");
  }

  @Test
  void theyAreGoneWhereTheyComeLast() {
    String last = "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','managedFields':[{}]}}";
    assertThat(wire(last).content().at("/metadata").toString()).isEqualTo("{\"name\":\"p\"}");
    String only = "{'apiVersion':'v1','kind':'Pod','metadata':{'managedFields':[{}]}}";
    assertThat(wire(only).content().at("/metadata").toString()).isEqualTo("{}");
  }

  @Test
  void readersOfTheSameTimeShareATree() {
    ApiObject object = wire("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'}}");
    var first = object.content();
    assertThat(object.content()).isSameAs(first);
    assertThat(object.tree()).isNotSameAs(first);
  }

  @Test
  void aDeletionAtAnotherRevisionHasTheSameContent() {
    ObjectNode pod = Json.object();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", "p").putArray("managedFields").addObject().put("a", "}");
    pod.putObject("spec").put("nodeName", "n\"1");
    ApiObject object = ApiObject.ofStored(KEY, 9, Json.canonical(pod)).withRevision(12345);
    assertThat(object.content().at("/metadata").toString())
        .isEqualTo("{\"resourceVersion\":\"12345\",\"name\":\"p\"}");
    assertThat(object.text("spec", "nodeName")).isEqualTo("n\"1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'}}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':null}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{}}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'nodeName':null}}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'nodeName':['n1']}}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'status':{'nodeName':'n1'}}",
      })
  void whatIsNotThereIsEmpty(String text) {
    assertThat(wire(text).text("spec", "nodeName")).isEmpty();
  }
}
