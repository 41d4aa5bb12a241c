package dev.argosy.controllers.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** kubectl compares bytes of its own writing with what a revision keeps. */
class TemplateDataTest {

  @Test
  void membersAreInOrderAndNothingIsAbsentThatGoAlwaysWrites() {
    ObjectNode template =
        parse(
            """
            {"spec":{"restartPolicy":"Always","containers":[{"name":"c","image":"i",
              "env":[{"name":"CPU","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu"}}}]}],
              "volumes":[{"name":"v","ephemeral":{"volumeClaimTemplate":{"spec":{"accessModes":["ReadWriteOnce"]}}}}]},
             "metadata":{"labels":{"b":"2","a":"1"}}}
            """);
    ObjectNode before = template.deepCopy();
    assertThat(TemplateData.of(template).toString())
        .isEqualTo(
            quoted(
                "{'spec':{'template':{'$patch':'replace','metadata':{'labels':{'a':'1','b':'2'}},'spec':{"
                    + "'containers':[{'env':[{'name':'CPU','valueFrom':{'resourceFieldRef':{'divisor':'0','resource':'limits.cpu'}}}],"
                    + "'image':'i','name':'c','resources':{}}],'restartPolicy':'Always','volumes':[{'ephemeral':{"
                    + "'volumeClaimTemplate':{'metadata':{},'spec':{'accessModes':['ReadWriteOnce'],'resources':{}}}},'name':'v'}]}}}}"));
    assertThat(template).isEqualTo(before);
  }

  @Test
  void aRevisionOfBeforeStillSaysItsTemplate() {
    ObjectNode template = parse(quoted("{'spec':{'containers':[{'name':'c','image':'i'}]}}"));
    byte[] revision =
        quoted(
                "{'metadata':{'name':'r'},'revision':1,'data':{'spec':{'template':{'spec':{"
                    + "'containers':[{'name':'c','image':'i'}]},'$patch':'replace'}}}}")
            .getBytes(StandardCharsets.UTF_8);
    RevisionView old =
        RevisionView.of(
            ApiObject.ofWire(new ObjectKey(Kinds.REVISIONS, "acme", "default", "r"), 1, revision));
    assertThat(old.says(TemplateData.of(template))).isTrue();
    template.withObject("/spec").put("restartPolicy", "Never");
    assertThat(old.says(TemplateData.of(template))).isFalse();
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static ObjectNode parse(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
