package dev.argosy.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {

  private static final String POD =
      "{'metadata':{'labels':{'app':'a','x':'y'}},'spec':{'nodeName':'n1','overhead':{'cpu':'10m'},"
          + "'containers':[{'name':'c','resources':{'requests':{'cpu':'1500m','memory':'1Gi','example.com/gpu':'2'}}}],"
          + "'initContainers':[{'name':'i','resources':{'requests':{'cpu':'2'}}}]},'status':{%s}}";

  private static Allocation of(String resource, String json) {
    return Allocation.of(
        new GroupResource("", resource),
        Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
        Set.of("app", "team"));
  }

  @Test
  void aPodPaysForWhatTheSchedulerSetsAside() {
    Allocation pod = of("pods", POD.formatted("'phase':'Running'"));
    assertThat(pod.amounts().toString())
        .isEqualTo("{cpu=2.01, example.com/gpu=2, memory=1073741824, pods=1}");
    assertThat(pod.node()).isEqualTo("n1");
    assertThat(pod.labels()).hasToString("{app=a}");
  }

  @Test
  void whileItIsResizedItPaysForTheLarger() {
    String held =
        "'phase':'Running','containerStatuses':[{'name':'c','allocatedResources':{'cpu':'3'},"
            + "'resources':{'requests':{'cpu':'3'}}}]";
    assertThat(of("pods", POD.formatted(held)).amounts().get("cpu")).hasToString("3.01");
  }

  @ParameterizedTest
  @CsvSource({"Succeeded", "Failed"})
  void whatIsOverPaysNothing(String phase) {
    assertThat(of("pods", POD.formatted("'phase':'" + phase + "'")).none()).isTrue();
  }

  @Test
  void withoutANodeNothing() {
    assertThat(of("pods", "{'spec':{'containers':[{'name':'c'}]}}").none()).isTrue();
    assertThat(of("pods", "{'spec':{'nodeName':'n','containers':[{'name':'c'}]}}").amounts())
        .hasToString("{pods=1}");
  }

  @Test
  void claims() {
    String claim = "{'spec':{'resources':{'requests':{'storage':'1Gi'}}},'status':{%s}}";
    assertThat(of("persistentvolumeclaims", claim.formatted("'phase':'Pending'")).none()).isTrue();
    assertThat(of("persistentvolumeclaims", claim.formatted("'phase':'Bound'")).amounts())
        .hasToString("{storage=1073741824}");
    assertThat(
            of(
                    "persistentvolumeclaims",
                    claim.formatted("'phase':'Bound','capacity':{'storage':'3k'}"))
                .amounts())
        .hasToString("{storage=1073741824}");
  }

  @Test
  void servicesAndNodes() {
    assertThat(of("services", "{'spec':{'type':'NodePort'}}").none()).isTrue();
    assertThat(
            of(
                    "services",
                    "{'spec':{'type':'LoadBalancer'},'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'},{'ip':'1.2.3.5'}]}}}")
                .amounts())
        .hasToString("{addresses=2, loadbalancers=1}");
    Allocation node =
        of(
            "nodes",
            "{'metadata':{'labels':{'argosy.dev/pool':'p','app':'a'}},'status':{'allocatable':{'cpu':'3800m','x.com/zero':'0'}}}");
    assertThat(node.amounts()).hasToString("{capacity.cpu=3.8}");
    assertThat(node.labels()).hasToString("{argosy.dev/pool=p}");
  }
}
