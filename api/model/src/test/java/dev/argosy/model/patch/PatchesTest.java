package dev.argosy.model.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PatchesTest {

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }

  /** Cases of RFC 7386, appendix A, and a few more. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':'b'} | {'a':'c'} | {'a':'c'}",
        "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
        "{'a':'b'} | {'a':null} | {}",
        "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
        "{'a':['b']} | {'a':'c'} | {'a':'c'}",
        "{'a':'c'} | {'a':['b']} | {'a':['b']}",
        "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
        "['a','b'] | ['c','d'] | ['c','d']",
        "{'a':'b'} | ['c'] | ['c']",
        "{'e':null} | {'a':1} | {'e':null,'a':1}",
        "[1,2] | {'a':'b','c':null} | {'a':'b'}",
        "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}"
      })
  void mergesAsTheRfcSays(String document, String patch, String expected) {
    JsonNode before = json(document);
    assertThat(MergePatch.apply(before, json(patch))).isEqualTo(json(expected));
    assertThat(before).isEqualTo(json(document));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1} | {'op':'add','path':'/b','value':2} | {'a':1,'b':2}",
        "{'a':[1,3]} | {'op':'add','path':'/a/1','value':2} | {'a':[1,2,3]}",
        "{'a':[1]} | {'op':'add','path':'/a/-','value':2} | {'a':[1,2]}",
        "{'a':1,'b':2} | {'op':'remove','path':'/b'} | {'a':1}",
        "{'a':[1,2]} | {'op':'remove','path':'/a/0'} | {'a':[2]}",
        "{'a':1} | {'op':'replace','path':'/a','value':{'x':1}} | {'a':{'x':1}}",
        "{'a':1} | {'op':'copy','from':'/a','path':'/b'} | {'a':1,'b':1}",
        "{'a':{'b':1},'c':{}} | {'op':'move','from':'/a/b','path':'/c/d'} | {'a':{},'c':{'d':1}}",
        "{'a/b':1,'m~n':2} | {'op':'replace','path':'/a~1b','value':3} | {'a/b':3,'m~n':2}",
        "{'a':1.0} | {'op':'test','path':'/a','value':1} | {'a':1.0}",
        "{'a':1} | {'op':'replace','path':'','value':{'z':0}} | {'z':0}"
      })
  void operatesAsTheRfcSays(String document, String operation, String expected) {
    JsonNode before = json(document);
    assertThat(JsonPatch.apply(before, json("[" + operation + "]"))).isEqualTo(json(expected));
    assertThat(before).isEqualTo(json(document));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'op':'remove','path':'/x'} | false",
        "{'op':'replace','path':'/x','value':1} | false",
        "{'op':'test','path':'/a','value':2} | false",
        "{'op':'add','path':'/l/9','value':2} | false",
        "{'op':'add','path':'/l/01','value':2} | false",
        "{'op':'add','path':'/x/y','value':2} | false",
        "{'op':'jump','path':'/a'} | true",
        "{'op':'add','path':'/a'} | true",
        "{'op':'add','path':'a','value':1} | true",
        "{'op':'move','from':'/o','path':'/o/p'} | true",
        "{'path':'/a'} | true"
      })
  void saysWhatIsWrong(String operation, boolean malformed) {
    JsonNode document = json("{'a':1,'l':[1],'o':{'p':1}}");
    assertThatThrownBy(() -> JsonPatch.apply(document, json("[" + operation + "]")))
        .isInstanceOfSatisfying(
            PatchException.class, e -> assertThat(e.malformed()).isEqualTo(malformed));
  }

  @Test
  void aPatchMustBeAList() {
    assertThatThrownBy(() -> JsonPatch.apply(json("{}"), json("{}")))
        .isInstanceOf(PatchException.class);
  }
}
