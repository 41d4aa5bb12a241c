package dev.argosy.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What clients see for wrong objects: field paths, kinds of errors, words. */
class ValidationTest {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  private static final String META = "'metadata':{'name':'x','namespace':'n'}";

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static KindSchema kind(String apiVersion, String kind) {
    return KINDS.root().ofKind(apiVersion, kind).orElseThrow();
  }

  private static List<String> errors(String apiVersion, String kind, String text) {
    ObjectNode object = json(text);
    KindSchema schema = kind(apiVersion, kind);
    schema.prune(object);
    schema.applyDefaults(object);
    return words(schema.validate(object));
  }

  private static List<String> words(List<Cause> causes) {
    return causes.stream().map(c -> c.field() + ": " + c.message()).toList();
  }

  private static List<String> podErrors(String spec) {
    return errors("v1", "Pod", "{" + META + ",'spec':{" + spec + "}}");
  }

  @Test
  void acceptsAGoodPodAndDeployment() {
    assertThat(podErrors("'containers':[{'name':'c','image':'i'}]")).isEmpty();
    assertThat(
            errors(
                "apps/v1",
                "Deployment",
                "{"
                    + META
                    + ",'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':"
                    + "{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}"))
        .isEmpty();
  }

  @Test
  void checksNames() {
    assertThat(errors("v1", "ConfigMap", "{'metadata':{'name':'Bad_Name','namespace':'n'}}"))
        .containsExactly(
            "metadata.name: Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain must consist"
                + " of lower case alphanumeric characters, '-' or '.', and must start and end with"
                + " an alphanumeric character (e.g. 'example.com', regex used for validation is"
                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    assertThat(errors("v1", "ConfigMap", "{'metadata':{'namespace':'n'}}"))
        .containsExactly("metadata.name: Required value: name or generateName is required");
    assertThat(errors("v1", "Namespace", "{'metadata':{'name':'a.b'}}"))
        .containsExactly("metadata.name: Invalid value: \"a.b\": must not contain dots");
    assertThat(errors("v1", "Node", "{'metadata':{'name':'a','namespace':'n'}}"))
        .containsExactly("metadata.namespace: Forbidden: not allowed on this type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'containers':[] | spec.containers: Required value",
        "'containers':[{'image':'i'}] | spec.containers[0].name: Required value",
        "'containers':[{'name':'c'}] | spec.containers[0].image: Required value",
        "'restartPolicy':'Sometimes','containers':[{'name':'c','image':'i'}] | spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"Never\", \"OnFailure\"",
        "'containers':[{'name':'c','image':'i'},{'name':'c','image':'j'}] | spec.containers[1].name: Duplicate value: \"c\"",
        "'containers':[{'name':'c','image':'i','volumeMounts':[{'name':'v','mountPath':'/x'}]}] | spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
        "'containers':[{'name':'c','image':'i','ports':[{'containerPort':70000}]}] | spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
        "'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}}] | spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
        "'containers':[{'name':'c','image':'i','livenessProbe':{}}] | spec.containers[0].livenessProbe: Required value: must specify a handler type",
        "'containers':[{'name':'c','image':'i','env':[{'value':'x'}]}] | spec.containers[0].env[0].name: Required value",
        "'tolerations':[{'operator':'Exists','value':'x','key':'k'}],'containers':[{'name':'c','image':'i'}] | spec.tolerations[0]: Invalid value: \"x\": value must be empty when `operator` is 'Exists'",
        "'nodeSelector':{'a b':'c'},'containers':[{'name':'c','image':'i'}] | spec.nodeSelector: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "'volumes':[{'name':'v','emptyDir':{},'hostPath':{'path':'/x'}}],'containers':[{'name':'c','image':'i'}] | spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type",
        "'volumes':[{'name':'v','emptyDir':{}}],'containers':[{'name':'c','image':'i','volumeDevices':[{'name':'v','devicePath':'/dev/x'}]}] | spec.containers[0].volumeDevices[0].name: Invalid value: \"v\": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode",
        "'activeDeadlineSeconds':0,'containers':[{'name':'c','image':'i'}] | spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive"
      })
  void checksPods(String spec, String expected) {
    assertThat(podErrors(spec)).containsExactly(expected);
  }

  @Test
  void aVolumeIsADeviceOrAFolderOfAContainer() {
    String claim = "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}],";
    String device =
        "'containers':[{'name':'c','image':'i','volumeDevices':[{'name':'v','devicePath':'/x'}]%s}]";
    assertThat(podErrors(claim + device.formatted(""))).isEmpty();
    assertThat(
            podErrors(claim + device.formatted(",'volumeMounts':[{'name':'v','mountPath':'/x'}]")))
        .containsExactlyInAnyOrder(
            "spec.containers[0].volumeDevices[0].name: Invalid value: \"v\": must not already exist"
                + " in volumeMounts",
            "spec.containers[0].volumeDevices[0].devicePath: Invalid value: \"/x\": must not already"
                + " exist as a path in volumeMounts",
            "spec.containers[0].volumeMounts[0].name: Invalid value: \"v\": must not already exist"
                + " in volumeDevices",
            "spec.containers[0].volumeMounts[0].mountPath: Invalid value: \"/x\": must not already"
                + " exist as a path in volumeDevices");
  }

  @Test
  void checksDeployments() {
    assertThat(
            errors(
                "apps/v1",
                "Deployment",
                "{"
                    + META
                    + ",'spec':{'replicas':-1,'selector':{'matchLabels':{'a':'b'}},'template':"
                    + "{'metadata':{'labels':{'a':'c'}},'spec':{'restartPolicy':'Never',"
                    + "'containers':[{'name':'c','image':'i'}]}}}}"))
        .containsExactlyInAnyOrder(
            "spec.template.metadata.labels: Invalid value: {\"a\":\"c\"}: `selector` does not match"
                + " template `labels`",
            "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values:"
                + " \"Always\"",
            "spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    assertThat(errors("apps/v1", "Deployment", "{" + META + "}"))
        .contains("spec.selector: Required value", "spec.template.spec.containers: Required value");
  }

  @Test
  void knowsWhatMayNotChange() {
    String template =
        "'template':{'metadata':{'labels':{'a':'b','c':'d'}},'spec':{'containers':[{'name':'c',"
            + "'image':'i'}]}}";
    ObjectNode old =
        json("{" + META + ",'spec':{'selector':{'matchLabels':{'a':'b'}}," + template + "}}");
    ObjectNode changed =
        json("{" + META + ",'spec':{'selector':{'matchLabels':{'c':'d'}}," + template + "}}");
    KindSchema deployments = kind("apps/v1", "Deployment");
    deployments.applyDefaults(old);
    deployments.applyDefaults(changed);
    assertThat(words(deployments.validateUpdate(changed, old)))
        .containsExactly(
            "spec.selector: Invalid value: {\"matchLabels\":{\"c\":\"d\"}}: field is immutable");
  }

  @Test
  void podsChangeOnlyALittle() {
    KindSchema pods = kind("v1", "Pod");
    ObjectNode old = json("{" + META + ",'spec':{'containers':[{'name':'c','image':'i'}]}}");
    pods.applyDefaults(old);
    ObjectNode image = old.deepCopy();
    ((ObjectNode) image.path("spec").path("containers").path(0)).put("image", "j");
    assertThat(pods.validateUpdate(image, old)).isEmpty();
    ObjectNode command = old.deepCopy();
    ((ObjectNode) command.path("spec").path("containers").path(0)).putArray("command").add("x");
    assertThat(words(pods.validateUpdate(command, old)))
        .singleElement()
        .asString()
        .startsWith("spec: Forbidden: pod updates may not change fields other than");
    ObjectNode more = old.deepCopy();
    ((ObjectNode) more.path("spec")).withArray("containers").addObject().put("name", "d");
    assertThat(words(pods.validateUpdate(more, old)))
        .contains("spec.containers: Forbidden: pod updates may not add or remove containers");
  }

  @Test
  void checksServicesSecretsAndBindings() {
    assertThat(errors("v1", "Service", "{" + META + ",'spec':{}}"))
        .containsExactly("spec.ports: Required value");
    assertThat(errors("v1", "Service", "{" + META + ",'spec':{'ports':[{'port':1},{'port':1}]}}"))
        .contains("spec.ports[0].name: Required value", "spec.ports[1].name: Required value");
    assertThat(errors("v1", "Secret", "{" + META + ",'type':'kubernetes.io/tls'}"))
        .containsExactly("data[tls.crt]: Required value", "data[tls.key]: Required value");
    assertThat(
            errors(
                "rbac.authorization.k8s.io/v1",
                "RoleBinding",
                "{"
                    + META
                    + ",'roleRef':{'kind':'Rule','name':'r'},'subjects':[{'kind':'User','name':'u'}]}"))
        .containsExactly(
            "roleRef.kind: Unsupported value: \"Rule\": supported values: \"Role\","
                + " \"ClusterRole\"");
    ObjectNode secret = json("{" + META + ",'stringData':{'k':'v'},'data':{'a':'Yg=='}}");
    kind("v1", "Secret").applyDefaults(secret);
    assertThat(secret)
        .isEqualTo(json("{" + META + ",'data':{'a':'Yg==','k':'dg=='},'type':'Opaque'}"));
  }

  @Test
  void checksTheKindsOfThePlatform() {
    assertThat(
            errors(
                "tenancy.argosy.dev/v1",
                "Member",
                "{'metadata':{'name':'m'},'spec':{'tenant':'t','subject':{'kind':'User','name':'u'},"
                    + "'role':''}}"))
        .containsExactly("spec.role: Required value: one of admin, member, viewer, or another");
    assertThat(errors("tenancy.argosy.dev/v1", "Tenant", "{'metadata':{'name':'acme'}}")).isEmpty();
  }

  /** A Job that goes on begins anew; at any other time its start is fixed. */
  @Test
  void aJobThatIsResumedHasANewStart() {
    String status =
        "{"
            + META
            + ",'spec':{'template':{'spec':{}}},'status':{'startTime':'2026-01-0%dT00:00:00Z',"
            + "'conditions':[{'type':'Suspended','status':'%s'}]}}";
    KindSchema job = kind("batch/v1", "Job");
    ObjectNode resumed = json(status.formatted(2, "False"));
    assertThat(job.validateStatusUpdate(resumed, json(status.formatted(1, "True")))).isEmpty();
    assertThat(words(job.validateStatusUpdate(resumed, json(status.formatted(1, "False")))))
        .containsExactly(
            "status.startTime: Required value: startTime cannot be removed for unsuspended job");
  }
}
