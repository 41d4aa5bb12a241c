package dev.argosy.model.schema.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of jobs, sets, autoscalers, volumes and quotas, as kubectl prints them. */
class WorkloadCellsTest {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
  private static final String META =
      "'metadata':{'name':'x','creationTimestamp':'2026-01-01T00:00:00Z'}";

  private static List<Object> row(String apiVersion, String kind, String text) {
    byte[] json =
        ("{" + META + "," + text + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return KINDS.root().ofKind(apiVersion, kind).orElseThrow().cells(Json.parse(json), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'spec':{'completions':3},'status':{'succeeded':1,'startTime':'2026-01-01T00:55:00Z'} | Running | 1/3 | 5m",
        "'spec':{'parallelism':2} | Running | 0/1 of 2 | ``",
        "'spec':{'parallelism':1} | Running | 0/1 | ``",
        "'spec':{'suspend':true},'status':{'conditions':[{'type':'Suspended','status':'True'}]} | Suspended | 0/1 | ``",
        "'status':{'conditions':[{'type':'FailureTarget','status':'True'}]} | FailureTarget | 0/1 | ``",
        "'status':{'conditions':[{'type':'Suspended','status':'False'},{'type':'Failed','status':'True'}]} | Failed | 0/1 | ``",
        "'spec':{'completions':1},'status':{'succeeded':1,'startTime':'2026-01-01T00:00:00Z','completionTime':'2026-01-01T00:00:30Z','conditions':[{'type':'Complete','status':'True'}]} | Complete | 1/1 | 30s"
      })
  void showsJobs(String job, String status, String completions, String duration) {
    assertThat(row("batch/v1", "Job", job).subList(1, 4))
        .containsExactly(status, completions, duration);
  }

  @Test
  void showsCronJobs() {
    String template =
        "'jobTemplate':{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i'}]}}}}";
    assertThat(
            row(
                "batch/v1",
                "CronJob",
                "'spec':{'schedule':'@daily','suspend':false,"
                    + template
                    + "},'status':{'active':[{}],'lastScheduleTime':'2026-01-01T00:59:00Z'}"))
        .containsExactly("x", "@daily", "<none>", "False", 1L, "60s", "60m", "c", "i", "<none>");
    assertThat(row("batch/v1", "CronJob", "'spec':{}").subList(3, 6))
        .containsExactly("<unset>", 0L, "<none>");
  }

  @Test
  void showsSets() {
    String template =
        "'selector':{'matchLabels':{'a':'b'}},'template':{'spec':{'nodeSelector':{'k':'v'},"
            + "'containers':[{'name':'c','image':'i'}]}}";
    assertThat(
            row(
                "apps/v1",
                "DaemonSet",
                "'spec':{"
                    + template
                    + "},'status':{'desiredNumberScheduled':5,'currentNumberScheduled':4,"
                    + "'numberReady':3,'updatedNumberScheduled':2,'numberAvailable':1}"))
        .containsExactly("x", 5L, 4L, 3L, 2L, 1L, "k=v", "60m", "c", "i", "a=b");
    assertThat(
            row(
                "apps/v1",
                "StatefulSet",
                "'spec':{'replicas':3," + template + "},'status':{'readyReplicas':1}"))
        .containsExactly("x", "1/3", "60m", "c", "i");
    assertThat(
            row(
                "v1",
                "ReplicationController",
                "'spec':{'replicas':2,'selector':{'a':'b'}},'status':{'replicas':1}"))
        .containsExactly("x", 2L, 1L, 0L, "60m", "", "", "a=b");
  }

  @Test
  void showsWhoARevisionIsOf() {
    assertThat(
            KINDS
                .root()
                .ofKind("apps/v1", "ControllerRevision")
                .orElseThrow()
                .cells(
                    Json.parse(
                        ("{'metadata':{'name':'r','ownerReferences':[{'apiVersion':'apps/v1','kind':"
                                + "'StatefulSet','name':'web','controller':true}]},'revision':3}")
                            .replace('\'', '"')
                            .getBytes(StandardCharsets.UTF_8)),
                    NOW))
        .containsExactly("r", "statefulset.apps/web", 3L, "<unknown>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'spec':{} | <none>",
        "'spec':{'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{'averageUtilization':80}}}]},'status':{'currentMetrics':[{'type':'Resource','resource':{'current':{'averageUtilization':12,'averageValue':'12m'}}}]} | cpu: 12%/80%",
        "'spec':{'metrics':[{'type':'ContainerResource','containerResource':{'name':'memory','target':{'averageValue':'1Gi'}}}]} | memory: <unknown>/1Gi",
        "'spec':{'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{}}}]} | cpu: <unknown>/<auto>",
        "'spec':{'metrics':[{'type':'External','external':{'target':{'averageValue':'3'}}},{'type':'Object','object':{'target':{'value':'4'}}},{'type':'Pods','pods':{'target':{'averageValue':'5'}}}]},'status':{'currentMetrics':[{'external':{'current':{'averageValue':'1'}}},{'object':{'current':{'value':'2'}}}]} | 1/3 (avg), 2/4 + 1 more...",
        "'spec':{'metrics':[{'type':'Weather'}]} | <unknown type>"
      })
  void showsAutoscalers(String scaler, String targets) {
    List<Object> row = row("autoscaling/v2", "HorizontalPodAutoscaler", scaler);
    assertThat(row.get(2)).isEqualTo(targets);
  }

  @Test
  void showsVolumesAndClaims() {
    assertThat(
            row(
                "v1",
                "PersistentVolume",
                "'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteMany',"
                    + "'ReadWriteOnce','ReadWriteMany'],'claimRef':{'namespace':'n','name':'c'},"
                    + "'persistentVolumeReclaimPolicy':'Retain','storageClassName':'fast'},"
                    + "'status':{'phase':'Bound'}"))
        .containsExactly(
            "x", "1Gi", "RWO,RWX", "Retain", "Bound", "n/c", "fast", "<unset>", "", "60m",
            "<unset>");
    String claim =
        "'spec':{'storageClassName':'fast'%s},'status':{'phase':'Pending','capacity':{'storage':"
            + "'2Gi'},'accessModes':['ReadWriteOncePod']}";
    assertThat(row("v1", "PersistentVolumeClaim", claim.formatted("")))
        .containsExactly("x", "Pending", "", "", "", "fast", "<unset>", "60m", "<unset>");
    assertThat(row("v1", "PersistentVolumeClaim", claim.formatted(",'volumeName':'v'")))
        .containsExactly("x", "Pending", "v", "2Gi", "RWOP", "fast", "<unset>", "60m", "<unset>");
  }

  @Test
  void showsQuotasBudgetsAndComponents() {
    assertThat(
            row(
                "v1",
                "ResourceQuota",
                "'status':{'hard':{'pods':'4','limits.cpu':'2','cpu':'1'},'used':{'pods':'1'}}"))
        .containsExactly("x", "cpu: 0/1, pods: 1/4", "limits.cpu: 0/2", "60m");
    assertThat(
            row(
                "policy/v1",
                "PodDisruptionBudget",
                "'spec':{'minAvailable':1},'status':{'disruptionsAllowed':2}"))
        .containsExactly("x", "1", "N/A", 2L, "60m");
    assertThat(
            row(
                "v1",
                "ComponentStatus",
                "'conditions':[{'type':'Healthy','status':'False','message':'m','error':'e'}]"))
        .containsExactly("x", "Unhealthy", "m", "e");
  }
}
