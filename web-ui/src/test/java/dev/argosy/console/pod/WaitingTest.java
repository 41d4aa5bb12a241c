package dev.argosy.console.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.node.Unschedulable;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WaitingTest {

  private static List<Waiting> waiting(String told, String node) {
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata").put("name", "web");
    metadata.putObject("annotations").put(Unschedulable.ANNOTATION, told.replace('\'', '"'));
    pod.putObject("spec").put("nodeName", node);
    ObjectKey key = new ObjectKey(Resources.PODS, "acme", "default", "web");
    return Waiting.of(ApiObject.ofWire(key, 7, Json.canonical(pod)));
  }

  @Test
  void tellsReasonsAndTheNearestFit() {
    String told =
        "{'nodes':3,'reasons':[{'filter':'NodeResourcesFit','reason':'Insufficient cpu','nodes':2}],"
            + "'nearest':{'node':'n2','lacks':[{'filter':'NodeResourcesFit',"
            + "'message':'500m more cpu'}]}}";
    assertThat(waiting(told, ""))
        .containsExactly(
            new Waiting("NodeResourcesFit", "Insufficient cpu", "2 of 3"),
            new Waiting("NodeResourcesFit", "nearest fit, lacks 500m more cpu", "n2"));
    assertThat(waiting(told, "n2")).isEmpty();
  }

  @Test
  void bearsWithWhatSomebodyElseHasWritten() {
    assertThat(waiting("{'nodes", "")).isEmpty();
    assertThat(waiting("[1]", "")).isEmpty();
    assertThat(waiting("{'reasons':7,'nearest':'x'}", "")).isEmpty();
  }
}
