package dev.argosy.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditPolicyTest {

  private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

  @TempDir Path folder;

  private AuditPolicy policy(String rest) {
    try {
      return AuditPolicyReader.read(Files.writeString(folder.resolve("policy"), HEAD + rest));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** "user verb group/resource/subresource namespace name", or "user verb /path". */
  private static Attributes asked(String text) {
    String[] word = text.split(" ");
    UserInfo user = new UserInfo(word[0], "", List.of("g-" + word[0]), Map.of());
    if (word[2].startsWith("/")) {
      return new Attributes(user, "acme", word[1], "", "", "", "", "", "", word[2]);
    }
    String[] what = word[2].split("/", -1);
    return new Attributes(
        user,
        "acme",
        word[1],
        what[0].equals("core") ? "" : what[0],
        "v1",
        what[1],
        what.length > 2 ? what[2] : "",
        word.length > 3 && !word[3].equals("-") ? word[3] : "",
        word.length > 4 ? word[4] : "",
        "");
  }

  @ParameterizedTest
  @CsvSource({
    "ann get core/pods default web, Metadata",
    "bob get core/pods default web, Request",
    "cid watch core/pods default, None",
    "cid get core/secrets default token, RequestResponse",
    "cid get core/secrets default other, None",
    "cid get core/pods/log default web, Metadata",
    "cid get core/pods/exec default web, Request",
    "cid get apps/deployments/scale default web, Request",
    "cid get apps/deployments default web, None",
    "cid get batch/jobs kube-system web, Metadata",
    "cid get core/nodes - n1, RequestResponse",
    "cid get /debug/threads, Metadata",
    "cid get /debugging, None",
  })
  void theFirstRuleThatMatchesCounts(String request, String level) {
    AuditPolicy policy =
        policy(
            """
            rules:
            - {level: Metadata, users: [ann]}
            - {level: Request, userGroups: [g-bob]}
            - {level: None, verbs: [watch]}
            - level: RequestResponse
              resources: [{group: "", resources: [secrets], resourceNames: [token]}]
            - {level: Metadata, resources: [{group: "", resources: ["pods/log"]}]}
            - {level: Request, resources: [{group: "", resources: ["pods/*"]}, {group: apps, resources: ["*/scale"]}]}
            - {level: Metadata, namespaces: [kube-system]}
            - {level: RequestResponse, namespaces: [""]}
            - {level: Metadata, nonResourceURLs: ["/debug/*"]}
            """);
    assertThat(policy.decide(asked(request)).level().text()).isEqualTo(level);
  }

  @Test
  void stagesOfPolicyAndRuleAreOmittedTogether() {
    AuditPolicy.Decision decision =
        policy(
                """
                omitStages: [RequestReceived]
                omitManagedFields: true
                rules:
                - {level: Metadata, users: [ann], omitStages: [Panic], omitManagedFields: false}
                - {level: Metadata}
                """)
            .decide(asked("ann get core/pods"));
    assertThat(decision.omitted())
        .containsExactlyInAnyOrder(AuditStage.REQUEST_RECEIVED, AuditStage.PANIC);
    assertThat(decision.withoutManagedFields()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: []|at least one rule",
        "rules: [{level: Much}]|rules[0].level: \"Much\" is no level",
        "rules: [{level: None, usres: [ann]}]|rules[0]: unknown field \"usres\"",
        "rules: [{level: None, omitStages: [Late]}]|\"Late\" is no stage",
        "rules: [{level: None, namespaces: [a], nonResourceURLs: [/a]}]|cannot apply to both",
        "rules: [{level: None, nonResourceURLs: ['/a*b']}]|have a * at its end only",
        "rules: [{level: None, resources: [{group: '', resourceNames: [a]}]}]|at least one resource",
        "rules: {|argosy.audit.policy",
      })
  void whatIsWrongIsNamed(String policy, String message) {
    assertThatThrownBy(() -> policy(policy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "ann create core/secrets default s, Metadata",
    "ann create core/serviceaccounts/token default s, Metadata",
    "ann update core/configmaps default s, Metadata",
    "ann create rbac.authorization.k8s.io/roles default r, Request",
    "ann create apps/deployments default d, Metadata",
    "ann get core/pods/exec default web, Metadata",
    "ann create authorization.k8s.io/selfsubjectaccessreviews, None",
    "ann create authentication.k8s.io/tokenreviews, None",
    "ann update coordination.k8s.io/leases kube-system l, None",
    "ann create core/events default e, None",
    "ann get core/pods default web, None",
    "ann get /livez, None",
  })
  void theBuiltInPolicyNeverKeepsSecrets(String request, String level) {
    AuditPolicy.Decision decision = AuditPolicyReader.byDefault().decide(asked(request));
    assertThat(decision.level().text()).isEqualTo(level);
  }
}
