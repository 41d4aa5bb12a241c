package dev.argosy.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What objects cost, and what that asks of a quota. */
class DemandTest {

  private static final GroupResource PODS = new GroupResource("", "pods");

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static Quota quota(String spec, String hard, String used) {
    String text =
        "{'apiVersion':'v1','kind':'ResourceQuota','metadata':{'name':'q','namespace':'n'},"
            + "'spec':{'hard':"
            + hard
            + spec
            + "},'status':{'hard':"
            + hard
            + ",'used':"
            + used
            + "}}";
    ObjectKey key = new ObjectKey(Quota.RESOURCE, "acme", "n", "q");
    return Quota.of(ApiObject.ofStored(key, 7, Json.canonical(json(text))));
  }

  private static Demand of(Quota quota, @Nullable String pod, @Nullable String old) {
    return Demand.of(
        quota, PODS, pod == null ? null : json(pod), old == null ? null : json(old), Room.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          pods                        | {'spec':{'containers':[{'resources':{'requests':{'cpu':'1','example.com/gpu':'2'},'limits':{'cpu':'2'}}}]}} | {count/pods=1, cpu=1, limits.cpu=2, pods=1, requests.cpu=1, requests.example.com/gpu=2}
          pods                        | {'spec':{'overhead':{'cpu':'1'},'initContainers':[{'resources':{'requests':{'cpu':'5'}}},{'restartPolicy':'Always','resources':{'requests':{'cpu':'2'}}}],'containers':[{'resources':{'requests':{'cpu':'1'}}}]}} | {count/pods=1, cpu=6, pods=1, requests.cpu=6}
          pods                        | {'status':{'phase':'Failed'},'spec':{}} | {count/pods=1}
          services                    | {'spec':{'type':'NodePort','ports':[{},{}]}} | {count/services=1, services=1, services.nodeports=2}
          services                    | {'spec':{'type':'LoadBalancer','allocateLoadBalancerNodePorts':false,'ports':[{},{'nodePort':1}]}} | {count/services=1, services=1, services.loadbalancers=1, services.nodeports=1}
          persistentvolumeclaims      | {'spec':{'storageClassName':'s','resources':{'requests':{'storage':'1Gi'}}}} | {count/persistentvolumeclaims=1, persistentvolumeclaims=1, requests.storage=1Gi, s.storageclass.storage.k8s.io/persistentvolumeclaims=1, s.storageclass.storage.k8s.io/requests.storage=1Gi}
          configmaps                  | {} | {configmaps=1, count/configmaps=1}
          """)
  void whatObjectsCost(String resource, String object, String cost) {
    assertThat(Usage.of(new GroupResource("", resource), json(object))).hasToString(cost);
  }

  @ParameterizedTest
  @CsvSource({
    "count/deployments.apps,deployments.apps",
    "count/pods,pods",
    "requests.cpu,pods",
    "s.storageclass.storage.k8s.io/requests.storage,persistentvolumeclaims",
    "services.nodeports,services",
    "secrets,secrets"
  })
  void namesTellTheirResource(String name, String resource) {
    assertThat(Usage.resourceOf(name)).hasToString(resource);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          pods | requests.cpu | 3 | {'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'1'}}}]},'status':{'containerStatuses':[{'name':'c','resources':{'requests':{'cpu':'3'}},'allocatedResources':{'cpu':'2'}}]}}
          pods | requests.cpu | 2 | {'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'1'}}}]},'status':{'containerStatuses':[{'name':'c','allocatedResources':{'cpu':'2'}}]}}
          pods | limits.cpu | 4 | {'spec':{'containers':[{'name':'c','resources':{'limits':{'cpu':'4'}}}]},'status':{'containerStatuses':[{'name':'c','resources':{'limits':{'cpu':'3'}}}]}}
          persistentvolumeclaims | requests.storage | 2Gi | {'spec':{'resources':{'requests':{'storage':'1Gi'}}},'status':{'allocatedResources':{'storage':'2Gi'}}}
          persistentvolumeclaims | requests.storage | 2 | {'spec':{'resources':{'requests':{'storage':'1500m'}}}}
          resourceclaims.resource.k8s.io | gpu.deviceclass.resource.k8s.io/devices | 5 | {'spec':{'devices':{'requests':[{'exactly':{'deviceClassName':'gpu','count':2}},{'firstAvailable':[{'deviceClassName':'gpu','count':3},{'deviceClassName':'gpu'}]}]}}}
          resourceclaims.resource.k8s.io | gpu.deviceclass.resource.k8s.io/devices | 32 | {'spec':{'devices':{'requests':[{'exactly':{'deviceClassName':'gpu','allocationMode':'All'}}]}}}
          events | count/events.events.k8s.io | 1 | {}
          """)
  void amountsThatAreNotJustAskedFor(String resource, String name, String amount, String object) {
    int dot = resource.indexOf('.');
    GroupResource of =
        dot < 0
            ? new GroupResource("", resource)
            : new GroupResource(resource.substring(dot + 1), resource.substring(0, dot));
    assertThat(Usage.of(of, json(object))).containsEntry(name, Quantity.parse(amount));
    assertThat(Usage.resourceOf(name)).isEqualTo(of);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          In           | {'spec':{'volumeAttributesClassName':'a'}} | true
          In           | {'status':{'currentVolumeAttributesClassName':'a'}} | true
          In           | {'spec':{'volumeAttributesClassName':'b'},'status':{'modifyVolumeStatus':{'targetVolumeAttributesClassName':'a'}}} | true
          In           | {'spec':{}} | false
          NotIn        | {'spec':{}} | true
          Exists       | {'spec':{}} | false
          DoesNotExist | {'spec':{}} | true
          DoesNotExist | {'status':{'currentVolumeAttributesClassName':'a'}} | false
          """)
  void classesOfVolumes(String operator, String claim, boolean matches) {
    String values = operator.endsWith("In") ? ",'values':['a']" : "";
    Quota quota =
        quota(
            ",'scopeSelector':{'matchExpressions':[{'scopeName':'VolumeAttributesClass','operator':'"
                + operator
                + "'"
                + values
                + "}]}",
            "{'persistentvolumeclaims':'1'}",
            "{'persistentvolumeclaims':'0'}");
    assertThat(quota.concerns(new GroupResource("", "persistentvolumeclaims"), json(claim)))
        .isEqualTo(matches);
  }

  @Test
  void changesAreChargedByTheirDifference() {
    Quota quota = quota("", "{'requests.cpu':'3'}", "{'requests.cpu':'2'}");
    String one = "{'spec':{'containers':[{'resources':{'requests':{'cpu':'1'}}}]}}";
    String two = "{'spec':{'containers':[{'resources':{'requests':{'cpu':'2'}}}]}}";
    assertThat(of(quota, two, one).more()).hasToString("{requests.cpu=1}");
    assertThat(of(quota, one, two).more()).hasToString("{requests.cpu=-1}");
    assertThat(of(quota, one, one).more()).isEmpty();
    assertThat(of(quota, null, two).more()).hasToString("{requests.cpu=-2}");
    Demand demand = of(quota, two, null);
    assertThat(demand.over(quota, quota.used())).containsExactly("requests.cpu");
    assertThat(demand.exceeded(quota, quota.used(), Set.of("requests.cpu")))
        .isEqualTo(
            "exceeded quota: q, requested: requests.cpu=2, used: requests.cpu=2, limited:"
                + " requests.cpu=3");
  }

  @Test
  void whatIsGivenBackIsTakenThoughTheQuotaIsExceeded() {
    Quota quota = quota("", "{'pods':'1'}", "{'pods':'5'}");
    assertThat(of(quota, null, "{'spec':{}}").over(quota, quota.used())).isEmpty();
    assertThat(quota.exceeded()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'pods':'1'}                         | {'pods':'0'}                        | 1
          {'pods':'100','requests.cpu':'20'}   | {'pods':'0','requests.cpu':'0'}     | 2
          {'pods':'1k','requests.memory':'1Gi'} | {'pods':'0','requests.memory':'0'} | 32
          {'pods':'1k'}                        | {'pods':'1001'}                     | 1
          {'pods':'0'}                         | {'pods':'0'}                        | 1
          """)
  void smallQuotasAreNotParted(String hard, String used, int shares) {
    assertThat(quota("", hard, used).shares()).isEqualTo(shares);
  }

  @Test
  void aQuotaThatWasNotCountedIsNotSettled() {
    assertThat(quota("", "{'pods':'1'}", "{}").settled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Terminating               | {'activeDeadlineSeconds':5} | true
          Terminating               | {} | false
          NotTerminating            | {} | true
          BestEffort                | {'containers':[{'resources':{}}]} | true
          NotBestEffort             | {'containers':[{'resources':{'limits':{'memory':'1'}}}]} | true
          CrossNamespacePodAffinity | {'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'namespaces':['a']}]}}} | true
          CrossNamespacePodAffinity | {'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{}]}}} | false
          PriorityClass             | {'priorityClassName':'p'} | true
          PriorityClass             | {} | false
          """)
  void scopes(String scope, String spec, boolean matches) {
    Quota quota = quota(",'scopes':['" + scope + "']", "{'pods':'1'}", "{'pods':'0'}");
    assertThat(quota.concerns(PODS, json("{'spec':" + spec + "}"))).isEqualTo(matches);
  }
}
