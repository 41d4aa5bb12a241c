package dev.argosy.agent.pod.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.runtime.spi.ContainerUser;
import dev.argosy.model.object.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MountStatusesTest {

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }

  private static ObjectNode of(String mounts) {
    ObjectNode status = Json.object();
    JsonNode container = json("{'name':'c','image':'i','volumeMounts':" + mounts + "}");
    MountStatuses.put(status, ContainerView.of(container, false));
    return status;
  }

  @Test
  void whatIsReadOnlySaysHowDeep() {
    assertThat(
            of(
                "[{'name':'a','mountPath':'/a','subPath':'x'},"
                    + "{'name':'b','mountPath':'/b','readOnly':true},"
                    + "{'name':'c','mountPath':'/c','readOnly':true,'recursiveReadOnly':'Enabled'},"
                    + "{'name':'d','mountPath':'/d','readOnly':true,'recursiveReadOnly':'IfPossible'}]"))
        .isEqualTo(
            json(
                "{'volumeMounts':[{'name':'a','mountPath':'/a'},"
                    + "{'name':'b','mountPath':'/b','readOnly':true,'recursiveReadOnly':'Disabled'},"
                    + "{'name':'c','mountPath':'/c','readOnly':true,'recursiveReadOnly':'Enabled'},"
                    + "{'name':'d','mountPath':'/d','readOnly':true,'recursiveReadOnly':'Disabled'}]}"));
    assertThat(of("[]")).isEmpty();
  }

  @Test
  void whomAContainerRunsAsIsTold() {
    ObjectNode status = Json.object();
    MountStatuses.put(status, new ContainerUser(1000, 0, List.of()));
    assertThat(Json.same(status, json("{'user':{'linux':{'uid':1000,'gid':0}}}"))).isTrue();
    MountStatuses.put(status, new ContainerUser(1, 2, List.of(2L, 3L)));
    JsonNode more = json("{'user':{'linux':{'uid':1,'gid':2,'supplementalGroups':[2,3]}}}");
    assertThat(Json.same(status, more)).as("%s", status).isTrue();
  }
}
