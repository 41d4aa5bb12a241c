package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What clients see of jobs, autoscalers, sets and volumes through the server. */
class WorkloadKindsTest {

  private static final String NS = "/clusters/acme/api/v1/namespaces/default";
  private static final String APPS = "/clusters/acme/apis/apps/v1/namespaces/default";
  private static final String JOBS = "/clusters/acme/apis/batch/v1/namespaces/default/jobs";
  private static final String SCALERS = "/namespaces/default/horizontalpodautoscalers";
  private static final String OLD = "/clusters/acme/apis/autoscaling/v1" + SCALERS;
  private static final String NEW = "/clusters/acme/apis/autoscaling/v2" + SCALERS;
  private static final String MERGE = "application/merge-patch+json";
  private static final String POD = "{'containers':[{'name':'c','image':'i'}]}";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String template(String labels) {
    return "'template':{'metadata':{'labels':" + labels + "},'spec':" + POD + "}";
  }

  @Test
  void jobsGetASelectorOfTheirOwnAndOrphanTheirPods() {
    String job =
        json(
            "{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never',"
                + "'containers':[{'name':'c','image':'i'}]}}}}");
    var made = client.post(JOBS, job);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    String uid = made.at("metadata.uid");
    var labels = made.json().path("spec").path("template").path("metadata").path("labels");
    assertThat(labels.path("batch.kubernetes.io/controller-uid").asString("")).isEqualTo(uid);
    assertThat(labels.path("job-name").asString("")).isEqualTo("j");
    assertThat(made.json().path("spec").path("selector").path("matchLabels").toString())
        .isEqualTo(json("{'batch.kubernetes.io/controller-uid':'" + uid + "'}"));
    assertThat(made.json().path("metadata").path("labels")).isEqualTo(labels);
    assertThat(client.put(JOBS + "/j", made.text()).at("metadata.resourceVersion"))
        .as("written back as it was read")
        .isEqualTo(made.at("metadata.resourceVersion"));
    assertThat(made.at("metadata.generation")).isEqualTo("1");
    var suspended = client.patch(JOBS + "/j", MERGE, json("{'spec':{'suspend':true}}"));
    assertThat(suspended.at("metadata.generation")).isEqualTo("2");
    var deleted = client.delete(JOBS + "/j", "");
    assertThat(deleted.at("metadata.finalizers.0")).isEqualTo("orphan");
    assertThat(deleted.header("Warning"))
        .contains("child pods are preserved by default when jobs are deleted");
    client.post(JOBS, job.replace("\"j\"", "\"k\""));
    var background = client.delete(JOBS + "/k", json("{'propagationPolicy':'Background'}"));
    assertThat(background.at("status")).isEqualTo("Success");
  }

  @Test
  void autoscalersAreTheSameInBothVersions() {
    String scaler =
        json(
            "{'metadata':{'name':'h'},'spec':{'scaleTargetRef':{'kind':'Deployment','name':'d'},"
                + "'maxReplicas':4,'targetCPUUtilizationPercentage':60}}");
    var made = client.post(OLD, scaler);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("apiVersion")).isEqualTo("autoscaling/v1");
    assertThat(made.at("spec.minReplicas")).isEqualTo("1");
    var newer = client.get(NEW + "/h");
    assertThat(newer.at("spec.metrics.0.resource.target.averageUtilization")).isEqualTo("60");
    var more =
        client.patch(
            NEW + "/h",
            MERGE,
            json(
                "{'spec':{'behavior':{'scaleDown':{'stabilizationWindowSeconds':5}},'metrics':["
                    + "{'type':'Pods','pods':{'metric':{'name':'q'},'target':{'type':"
                    + "'AverageValue','averageValue':'3'}}},{'type':'Resource','resource':{'name':"
                    + "'cpu','target':{'type':'Utilization','averageUtilization':70}}}]}}"));
    assertThat(more.code()).as(more.text()).isEqualTo(200);
    var older = client.get(OLD + "/h");
    assertThat(older.at("spec.targetCPUUtilizationPercentage")).isEqualTo("70");
    var annotations = older.json().path("metadata").path("annotations");
    assertThat(annotations.path("autoscaling.alpha.kubernetes.io/metrics").asString(""))
        .isEqualTo(json("[{'type':'Pods','pods':{'metricName':'q','targetAverageValue':'3'}}]"));
    assertThat(annotations.path("autoscaling.alpha.kubernetes.io/behavior").asString(""))
        .startsWith("{\"ScaleDown\":{\"StabilizationWindowSeconds\":5,")
        .contains("\"PeriodSeconds\":15");
    var unchanged = client.put(OLD + "/h", older.text());
    assertThat(unchanged.code()).as(unchanged.text()).isEqualTo(200);
    var again = client.get(NEW + "/h");
    assertThat(again.json().path("spec")).isEqualTo(more.json().path("spec"));
    assertThat(again.json().path("metadata").has("annotations")).isFalse();
    var table = client.get(OLD + "/h", "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
    assertThat(table.json().path("rows").path(0).path("cells").path(2).asString(""))
        .isEqualTo("<unknown>/3, cpu: <unknown>/70%");
    assertThat(client.get("/clusters/acme/apis/autoscaling").at("preferredVersion.version"))
        .isEqualTo("v2");
    assertThat(client.get(OLD).at("items.0.spec.targetCPUUtilizationPercentage")).isEqualTo("70");
  }

  @Test
  void autoscalersAreAppliedInBothVersions() {
    String old =
        json(
            "{'apiVersion':'autoscaling/v1','kind':'HorizontalPodAutoscaler','metadata':{'name':'s'},"
                + "'spec':{'scaleTargetRef':{'kind':'Deployment','name':'d'},'maxReplicas':4,"
                + "'targetCPUUtilizationPercentage':60}}");
    String apply = "application/apply-patch+yaml";
    var made = client.patch(OLD + "/s?fieldManager=one", apply, old);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    String newer =
        json(
            "{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'s'},"
                + "'spec':{'scaleTargetRef':{'kind':'Deployment','name':'d'},'maxReplicas':4,"
                + "'behavior':{'scaleDown':{'stabilizationWindowSeconds':7}}}}");
    var more = client.patch(NEW + "/s?fieldManager=two", apply, newer);
    assertThat(more.code()).as(more.text()).isEqualTo(200);
    assertThat(more.at("spec.behavior.scaleDown.stabilizationWindowSeconds")).isEqualTo("7");
    var again = client.patch(OLD + "/s?fieldManager=one", apply, old);
    assertThat(again.code()).as(again.text()).isEqualTo(200);
    assertThat(again.at("spec.targetCPUUtilizationPercentage")).isEqualTo("60");
    assertThat(client.get(NEW + "/s").at("spec.behavior.scaleDown.stabilizationWindowSeconds"))
        .isEqualTo("7");
  }

  @Test
  void refusedAutoscalersAreToldAboutInTheNewerForm() {
    var refused =
        client.post(
            OLD, json("{'metadata':{'name':'bad'},'spec':{'scaleTargetRef':{'kind':'D'}}}"));
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.at("message"))
        .isEqualTo(
            "HorizontalPodAutoscaler.autoscaling \"bad\" is invalid: [spec.maxReplicas: Invalid"
                + " value: 0: must be greater than 0, spec.maxReplicas: Invalid value: 0: must be"
                + " greater than or equal to `minReplicas`, spec.scaleTargetRef.name: Required"
                + " value]");
  }

  @Test
  void daemonSetsCountChangesOfTheirTemplate() {
    String set =
        json(
            "{'metadata':{'name':'ds'},'spec':{'selector':{'matchLabels':{'a':'b'}},"
                + template("{'a':'b'}")
                + "}}");
    String counter = "deprecated.daemonset.template.generation";
    var made = client.post(APPS + "/daemonsets", set);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("metadata").path("annotations").path(counter).asString(""))
        .isEqualTo("1");
    var changed =
        client.patch(
            APPS + "/daemonsets/ds",
            MERGE,
            json("{'spec':{'template':{'metadata':{'labels':{'c':'d'}}}}}"));
    assertThat(changed.json().path("metadata").path("annotations").path(counter).asString(""))
        .isEqualTo("2");
    var replaced = client.put(APPS + "/daemonsets/ds", set);
    assertThat(replaced.json().path("metadata").path("annotations").path(counter).asString(""))
        .isEqualTo("3");
    assertThat(replaced.at("metadata.generation")).isEqualTo("3");
    var reported =
        client.patch(
            APPS + "/daemonsets/ds/status",
            MERGE,
            json("{'metadata':{'annotations':null},'status':{'numberReady':1}}"));
    assertThat(reported.json().path("metadata").path("annotations").path(counter).asString(""))
        .isEqualTo("3");
  }

  @Test
  void setsAndReplicationControllersScale() {
    String set =
        "{'metadata':{'name':'s'},'spec':{'serviceName':'s','selector':{'matchLabels':{'a':'b'}},";
    var made = client.post(APPS + "/statefulsets", json(set + template("{'a':'b'}") + "}}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    var scaled =
        client.patch(APPS + "/statefulsets/s/scale", MERGE, json("{'spec':{'replicas':5}}"));
    assertThat(scaled.at("status.selector")).isEqualTo("a=b");
    assertThat(client.get(APPS + "/statefulsets/s").at("spec.replicas")).isEqualTo("5");
    var controller =
        client.post(
            NS + "/replicationcontrollers",
            json("{'metadata':{'name':'rc'},'spec':{" + template("{'x':'y'}") + "}}"));
    assertThat(controller.at("spec.selector.x")).isEqualTo("y");
    assertThat(client.get(NS + "/replicationcontrollers/rc/scale").at("status.selector"))
        .isEqualTo("x=y");
    assertThat(client.delete(NS + "/replicationcontrollers/rc", "").at("metadata.finalizers.0"))
        .isEqualTo("orphan");
  }

  @Test
  void claimsSayTwiceWhatTheyAreFilledFrom() {
    var made =
        client.post(
            NS + "/persistentvolumeclaims",
            json(
                "{'metadata':{'name':'pvc'},'spec':{'accessModes':['ReadWriteOnce'],'resources':"
                    + "{'requests':{'storage':'1Gi'}},'dataSource':{'kind':'PersistentVolumeClaim',"
                    + "'name':'other'}},'status':{'phase':'Bound'}}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("spec.dataSourceRef.name")).isEqualTo("other");
    assertThat(made.at("status.phase")).isEqualTo("Pending");
    var shrunk =
        client.patch(
            NS + "/persistentvolumeclaims/pvc", MERGE, json("{'spec':{'volumeMode':'Block'}}"));
    assertThat(shrunk.code()).isEqualTo(422);
  }

  @Test
  void componentsTellTheirHealthWithAWarning() {
    var list = client.get("/clusters/acme/api/v1/componentstatuses");
    assertThat(list.code()).as(list.text()).isEqualTo(200);
    assertThat(list.json().path("items").findValuesAsString("name"))
        .contains("controller-manager", "etcd-0", "scheduler");
    var etcd = client.get("/clusters/acme/api/v1/componentstatuses/etcd-0");
    assertThat(etcd.at("conditions.0.status")).isEqualTo("True");
    var nobody = client.get("/clusters/acme/api/v1/componentstatuses/scheduler");
    assertThat(nobody.at("conditions.0.status")).isEqualTo("False");
    assertThat(list.header("Warning")).contains("v1 ComponentStatus is deprecated in v1.19+");
    assertThat(client.get("/clusters/acme/api/v1/componentstatuses/etcd-0").code()).isEqualTo(200);
    assertThat(client.get("/clusters/acme/api/v1/componentstatuses/none").code()).isEqualTo(404);
    assertThat(client.delete("/clusters/acme/api/v1/componentstatuses/etcd-0", "").code())
        .isEqualTo(405);
    assertThat(client.get(NS + "/endpoints").header("Warning")).contains("EndpointSlice");
  }

  @Test
  void bindingsBindThePodThatTheyName() {
    client.post(NS + "/pods", json("{'metadata':{'name':'p'},'spec':" + POD + "}"));
    var bound =
        client.post(
            NS + "/bindings",
            json("{'metadata':{'name':'p'},'target':{'kind':'Node','name':'n1'}}"));
    assertThat(bound.code()).as(bound.text()).isEqualTo(201);
    assertThat(client.get(NS + "/pods/p").at("spec.nodeName")).isEqualTo("n1");
    assertThat(client.post(NS + "/bindings", json("{'target':{'name':'n1'}}")).code())
        .isEqualTo(400);
    assertThat(client.get(NS + "/bindings").code()).isEqualTo(405);
  }

  @Test
  void servicesForgetWhatOnlyTheirOldTypeHas() {
    String services = NS + "/services";
    var made =
        client.post(
            services,
            json(
                "{'metadata':{'name':'lb'},'spec':{'type':'LoadBalancer','ports':[{'port':80}],"
                    + "'externalTrafficPolicy':'Local','loadBalancerClass':'a.b/c'}}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    int health = Integer.parseInt(made.at("spec.healthCheckNodePort"));
    assertThat(health).isBetween(30000, 32767);
    assertThat(made.at("spec.ports.0.nodePort")).isNotEqualTo(Integer.toString(health));
    var plain = client.patch(services + "/lb", MERGE, json("{'spec':{'type':'ClusterIP'}}"));
    assertThat(plain.code()).as(plain.text()).isEqualTo(200);
    for (String field :
        new String[] {
          "healthCheckNodePort",
          "loadBalancerClass",
          "externalTrafficPolicy",
          "allocateLoadBalancerNodePorts"
        }) {
      assertThat(plain.json().path("spec").has(field)).as(field).isFalse();
    }
    var again =
        client.post(
            services,
            json(
                "{'metadata':{'name':'np'},'spec':{'type':'NodePort','ports':[{'port':80,"
                    + "'nodePort':"
                    + health
                    + "}]}}"));
    assertThat(again.code()).as("given back: " + again.text()).isEqualTo(201);
  }

  @Test
  void unwiseObjectsAreMadeWithAWarning() {
    String unwise =
        json(
            "{'metadata':{'name':'un.wise'},'spec':{'nodeSelector':{'beta.kubernetes.io/os':'linux'},"
                + "'containers':[{'name':'c','image':'i','env':[{'name':'A'},{'name':'A'}],'ports':"
                + "[{'containerPort':1},{'containerPort':1}],'resources':{'limits':{'memory':'500m'}"
                + "}}]}}");
    var made = client.post(NS + "/pods", unwise);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.response().headers().allValues("Warning"))
        .anyMatch(w -> w.contains("metadata.name: this is used in the Pod's hostname"))
        .anyMatch(
            w -> w.contains("spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14"))
        .anyMatch(w -> w.contains("spec.containers[0].env[1]: hides previous definition of"))
        .anyMatch(w -> w.contains("duplicate port definition with spec.containers[0].ports[0]"))
        .anyMatch(w -> w.contains("resources.limits[memory]: fractional byte value"));
    var labelled =
        client.patch(NS + "/pods/un.wise", MERGE, json("{'metadata':{'labels':{'a':'b'}}}"));
    assertThat(labelled.response().headers().allValues("Warning")).isEmpty();
  }

  @Test
  void budgetsNeedAVersionToBeReplaced() {
    String budgets = "/clusters/acme/apis/policy/v1/namespaces/default/poddisruptionbudgets";
    String budget = json("{'metadata':{'name':'b'},'spec':{'minAvailable':1}}");
    assertThat(client.post(budgets, budget).code()).isEqualTo(201);
    assertThat(client.put(budgets + "/b", budget).code()).isEqualTo(422);
    var jobs = client.get(JOBS + "?fieldSelector=spec.nodeName%3Dx");
    assertThat(jobs.at("message")).contains("field label \"spec.nodeName\" not supported for Job");
  }
}
