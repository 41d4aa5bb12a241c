package dev.argosy.model.schema.stored;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.node.ObjectNode;

/** Autoscalers lose nothing on their way through the old version. */
class ScalerFormProperties {

  private static final KindSchema OLD =
      BuiltinKinds.load().root().ofKind("autoscaling/v1", "HorizontalPodAutoscaler").orElseThrow();

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> metrics() {
    return Arbitraries.of(
        "{'type':'Resource','resource':{'name':'memory','target':{'type':'AverageValue','averageValue':'1Gi'}}}",
        "{'type':'Resource','resource':{'name':'memory','target':{'type':'Utilization','averageUtilization':70}}}",
        "{'type':'Resource','resource':{'name':'cpu','target':{'type':'AverageValue','averageValue':'1'}}}",
        "{'type':'ContainerResource','containerResource':{'name':'cpu','container':'c','target':{'type':'Utilization','averageUtilization':5}}}",
        "{'type':'Pods','pods':{'metric':{'name':'q','selector':{'matchLabels':{'a':'b'}}},'target':{'type':'AverageValue','averageValue':'3'}}}",
        "{'type':'Object','object':{'describedObject':{'kind':'Ingress','name':'i','apiVersion':'v1'},'metric':{'name':'m'},'target':{'type':'Value','value':'9'}}}",
        "{'type':'Object','object':{'describedObject':{'kind':'Ingress','name':'i'},'metric':{'name':'m'},'target':{'type':'AverageValue','averageValue':'9'}}}",
        "{'type':'External','external':{'metric':{'name':'m','selector':{'matchLabels':{'a':'b'}}},'target':{'type':'Value','value':'9'}}}",
        "{'type':'External','external':{'metric':{'name':'m'},'target':{'type':'AverageValue','averageValue':'9'}}}");
  }

  @Provide
  Arbitrary<String> measured() {
    return Arbitraries.of(
        "{'type':'Resource','resource':{'name':'cpu','current':{'averageValue':'1','averageUtilization':10}}}",
        "{'type':'Pods','pods':{'metric':{'name':'q'},'current':{'averageValue':'3'}}}",
        "{'type':'Object','object':{'metric':{'name':'m'},'current':{'value':'4'},'describedObject':{'kind':'K','name':'n'}}}",
        "{'type':'External','external':{'metric':{'name':'m'},'current':{'value':'4','averageValue':'2'}}}");
  }

  @Provide
  Arbitrary<String> behaviors() {
    return Arbitraries.of(
        "",
        ",'behavior':{'scaleUp':{'stabilizationWindowSeconds':0,'selectPolicy':'Max','policies':[{'type':'Pods','value':4,'periodSeconds':15}],'tolerance':'50m'}}",
        ",'behavior':{'scaleDown':{'selectPolicy':'Disabled'}}");
  }

  @Property(tries = 300)
  void comesBackAsItWas(
      @ForAll("metrics") String first,
      @ForAll("metrics") String second,
      @ForAll boolean cpu,
      @ForAll("measured") String measured,
      @ForAll("behaviors") String behavior) {
    String last =
        cpu
            ? ",{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':60}}}"
            : "";
    ObjectNode stored =
        json(
            "{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'h',"
                + "'annotations':{'own':'1'}},'spec':{'scaleTargetRef':{'kind':'D','name':'d'},"
                + "'minReplicas':1,'maxReplicas':3,'metrics':["
                + String.join(",", List.of(first, second))
                + last
                + "]"
                + behavior
                + "},'status':{'currentReplicas':1,'desiredReplicas':2,'currentMetrics':["
                + measured
                + "],'conditions':[{'type':'AbleToScale','status':'True','reason':'R'}]}}");
    ObjectNode older = OLD.fromStored(stored);
    assertThat(older.path("apiVersion").asString("")).isEqualTo("autoscaling/v1");
    assertThat(OLD.prune(older)).as("the old version has all that is written").isEmpty();
    assertThat(OLD.toStored(older)).isEqualTo(stored);
  }

  @Example
  void whatAnnotationsCarryIsNotTrusted() {
    ObjectNode older =
        json(
            "{'apiVersion':'autoscaling/v1','metadata':{'annotations':{"
                + "'autoscaling.alpha.kubernetes.io/metrics':'[{\\\"type\\\":7}]',"
                + "'autoscaling.alpha.kubernetes.io/behavior':'{',"
                + "'autoscaling.alpha.kubernetes.io/current-metrics':'[1]',"
                + "'autoscaling.alpha.kubernetes.io/conditions':'{\\\"a\\\":1}'}},"
                + "'spec':{'maxReplicas':2,'targetCPUUtilizationPercentage':5}}");
    assertThat(OLD.toStored(older))
        .isEqualTo(
            json(
                "{'apiVersion':'autoscaling/v2','metadata':{},'spec':{'maxReplicas':2,'metrics':["
                    + "{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization',"
                    + "'averageUtilization':5}}}]}}"));
  }
}
