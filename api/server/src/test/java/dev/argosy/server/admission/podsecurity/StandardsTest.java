package dev.argosy.server.admission.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of the standards, in its words. */
class StandardsTest {

  private static final String GOOD =
      "'securityContext':{'runAsNonRoot':true,'allowPrivilegeEscalation':false,"
          + "'capabilities':{'drop':['ALL']},'seccompProfile':{'type':'RuntimeDefault'}}";

  private static List<Violation> violations(String level, int minor, String spec) {
    String json = "{'metadata':{},'spec':" + spec + "}";
    var pod = Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    Policy policy = new Policy(Level.of(level).orElseThrow(), minor);
    return Standards.violations(policy, PodToCheck.of(pod));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'hostNetwork':true,'hostIPC':true} | host namespaces (hostNetwork=true, hostIPC=true)
          {'volumes':[{'name':'v','hostPath':{}},{'name':'w','hostPath':{}}]} | hostPath volumes (volumes 'v', 'w')
          {'containers':[{'name':'c','ports':[{'hostPort':80},{'hostPort':443}]}]} | hostPort (container 'c' uses hostPorts 443, 80)
          {'containers':[{'name':'c','livenessProbe':{'httpGet':{'host':'h'}}}]} | probe or lifecycle host (container 'c' uses probe or lifecycle host 'h')
          {'containers':[{'name':'c','securityContext':{'privileged':true}}]} | privileged (container 'c' must not set securityContext.privileged=true)
          {'containers':[{'name':'c','securityContext':{'capabilities':{'add':['SYS_TIME','CHOWN']}}}]} | non-default capabilities (container 'c' must not include 'SYS_TIME' in securityContext.capabilities.add)
          {'containers':[{'name':'c','securityContext':{'procMount':'Unmasked'}}]} | procMount (container 'c' must not set securityContext.procMount to 'Unmasked')
          {'securityContext':{'seLinuxOptions':{'type':'spc_t','user':'u'}}} | seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type 'spc_t'; user may not be set)
          {'securityContext':{'seccompProfile':{'type':'Unconfined'}}} | seccompProfile (pod must not set securityContext.seccompProfile.type to 'Unconfined')
          {'securityContext':{'sysctls':[{'name':'kernel.msgmax'},{'name':'net.ipv4.tcp_rmem'}]}} | forbidden sysctls (kernel.msgmax)
          {'containers':[{'name':'c','securityContext':{'appArmorProfile':{'type':'Unconfined'}}}]} | forbidden AppArmor profile (container 'c' must not set AppArmor profile type to 'Unconfined')
          {'initContainers':[{'name':'i','securityContext':{'windowsOptions':{'hostProcess':true}}}]} | hostProcess (container 'i' must not set securityContext.windowsOptions.hostProcess=true)
          """)
  void baseline(String spec, String text) {
    List<Violation> found = violations("baseline", Policy.LATEST, spec);
    assertThat(Violation.details(found)).isEqualTo(text.replace('\'', '"'));
    assertThat(violations("privileged", Policy.LATEST, spec)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'volumes':[{'name':'v','hostPath':{}},{'name':'w','nfs':{}},{'name':'x','secret':{}}] | restricted volume types (volumes 'v', 'w' use restricted volume types 'hostPath', 'nfs')
          'securityContext':{'runAsUser':0} | runAsUser=0 (pod must not set runAsUser=0)
          'securityContext':{'runAsNonRoot':false} | runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)
          'hostPID':true | host namespaces (hostPID=true)
          """)
  void restricted(String more, String text) {
    String spec = "{" + more + ",'containers':[{'name':'c'," + GOOD + "}]}";
    List<Violation> found = violations("restricted", Policy.LATEST, spec);
    assertThat(Violation.details(found)).isEqualTo(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          7  | runAsNonRoot != true
          18 | allowPrivilegeEscalation != false, runAsNonRoot != true
          19 | allowPrivilegeEscalation != false, runAsNonRoot != true, seccompProfile
          22 | allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile
          """)
  void olderVersionsAskForLess(int minor, String reasons) {
    String spec = "{'containers':[{'name':'c'}]}";
    assertThat(Violation.reasons(violations("restricted", minor, spec))).isEqualTo(reasons);
  }

  @ParameterizedTest
  @CsvSource({"24,true", "25,false"})
  void windowsNeedsLessSinceVersion25(int minor, boolean escalation) {
    String spec = "{'os':{'name':'windows'},'containers':[{'name':'c'}]}";
    assertThat(Violation.reasons(violations("restricted", minor, spec)).contains("Escalation"))
        .isEqualTo(escalation);
  }
}
