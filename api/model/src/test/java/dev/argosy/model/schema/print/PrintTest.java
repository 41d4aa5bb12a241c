package dev.argosy.model.schema.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PrintTest {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static List<Object> row(String apiVersion, String kind, String text) {
    return KINDS.root().ofKind(apiVersion, kind).orElseThrow().cells(json(text), NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "-3, <invalid>",
    "-1, 0s",
    "0, 0s",
    "119, 119s",
    "120, 2m",
    "121, 2m1s",
    "600, 10m",
    "10799, 179m",
    "10800, 3h",
    "10860, 3h1m",
    "28800, 8h",
    "172799, 47h",
    "172800, 2d",
    "176400, 2d1h",
    "691200, 8d",
    "63072000, 2y",
    "66528000, 2y40d",
    "252288000, 8y"
  })
  void showsAges(long seconds, String expected) {
    assertThat(Ages.human(Duration.ofSeconds(seconds))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'status':{'phase':'Pending'} | 0/1 | Pending | 0",
        "'status':{'phase':'Running','containerStatuses':[{'name':'c','ready':true,'restartCount':2,'state':{'running':{}},'lastState':{'terminated':{'finishedAt':'2026-01-01T00:55:00Z'}}}]} | 1/1 | Running | 2 (5m ago)",
        "'status':{'phase':'Running','containerStatuses':[{'name':'c','restartCount':3,'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]} | 0/1 | CrashLoopBackOff | 3",
        "'status':{'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'running':{}}}]} | 0/1 | Init:0/1 | 0",
        "'status':{'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'terminated':{'exitCode':3}}}]} | 0/1 | Init:ExitCode:3 | 0",
        "'status':{'phase':'Succeeded','containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':0,'reason':'Completed'}}}]} | 0/1 | Completed | 0",
        "'status':{'phase':'Failed','containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':137,'signal':9}}}]} | 0/1 | Signal:9 | 0",
        "'metadata':{'deletionTimestamp':'2026-01-01T00:59:00Z'},'status':{'phase':'Running'} | 0/1 | Terminating | 0",
        "'status':{'phase':'Failed','reason':'Evicted'} | 0/1 | Evicted | 0",
        "'status':{'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'SchedulingGated'}]} | 0/1 | SchedulingGated | 0"
      })
  void showsPods(String pod, String ready, String status, String restarts) {
    List<Object> row =
        row(
            "v1",
            "Pod",
            "{'spec':{'containers':[{'name':'c'}],'initContainers':[{'name':'i'}]}," + pod + "}");
    assertThat(row.subList(1, 4)).containsExactly(ready, status, restarts);
  }

  @Test
  void showsServices() {
    List<Object> row =
        row(
            "v1",
            "Service",
            "{'metadata':{'name':'s','creationTimestamp':'2026-01-01T00:00:00Z'},'spec':"
                + "{'type':'NodePort','clusterIP':'10.0.0.1','selector':{'b':'2','a':'1'},'ports':"
                + "[{'port':80,'nodePort':30080,'protocol':'TCP'},{'port':53,'protocol':'UDP'}]}}");
    assertThat(row)
        .containsExactly(
            "s", "NodePort", "10.0.0.1", "<none>", "80:30080/TCP,53/UDP", "60m", "a=1,b=2");
  }

  @Test
  void showsWorkloadsAndNodes() {
    assertThat(
            row(
                "apps/v1",
                "Deployment",
                "{'metadata':{'name':'d'},'spec':{'replicas':3,'selector':{'matchLabels':{'a':'b'}},"
                    + "'template':{'spec':{'containers':[{'name':'x','image':'i'},{'name':'y',"
                    + "'image':'j'}]}}},'status':{'readyReplicas':2,'updatedReplicas':3,"
                    + "'availableReplicas':2}}"))
        .containsExactly("d", "2/3", 3L, 2L, "<unknown>", "x,y", "i,j", "a=b");
    assertThat(
            row(
                    "v1",
                    "Node",
                    "{'metadata':{'name':'n','labels':{'node-role.kubernetes.io/worker':''}},"
                        + "'spec':{'unschedulable':true},'status':{'conditions':[{'type':'Ready',"
                        + "'status':'True'}],'nodeInfo':{'kubeletVersion':'v1.35.0'}}}")
                .subList(0, 5))
        .containsExactly("n", "Ready,SchedulingDisabled", "worker", "<unknown>", "v1.35.0");
  }

  @Test
  void showsEventsOfBothForms() {
    String core =
        "{'metadata':{'name':'e'},'involvedObject':{'kind':'Pod','name':'p'},'reason':'R',"
            + "'message':' m ','type':'Normal','count':4,'firstTimestamp':'2026-01-01T00:00:00Z',"
            + "'lastTimestamp':'2026-01-01T00:59:30Z','source':{'component':'c','host':'h'}}";
    assertThat(row("v1", "Event", core))
        .containsExactly("30s", "Normal", "R", "pod/p", "", "c, h", "m", "60m", 4L, "e");
    assertThat(
            row(
                "events.k8s.io/v1",
                "Event",
                "{'metadata':{'name':'e'},'regarding':{'kind':'Pod','name':'p'},'reason':'R',"
                    + "'note':'m','type':'Normal','eventTime':'2026-01-01T00:59:30.000000Z',"
                    + "'reportingController':'c','reportingInstance':'i'}"))
        .containsExactly("30s", "Normal", "R", "pod/p", "", "c, i", "m", "30s", 1L, "e");
  }
}
