package dev.argosy.server.custom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Policies know the types of custom resources. */
class PolicyTypesTest {

  private static final String ACME = "/clusters/acme";

  @AutoClose private static final TestServer SERVER = CustomRig.start();

  private final TestClient client = SERVER.client();

  @Test
  void policiesKnowCustomTypes() {
    CustomRig.define(
        client,
        ACME,
        CustomRig.definition(
            "typeds", "Typed", CustomRig.spec("{\"number\":{\"type\":\"integer\"}}"), ""));
    TestClient.Answer policy =
        client.post(
            ACME + "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
            "{'metadata':{'name':'typed'},'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':"
                    .replace('\'', '"')
                + "[\"example.com\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],"
                + "\"resources\":[\"typeds\"]}]},\"validations\":["
                + "{\"expression\":\"object.spec.number > 1\"},"
                + "{\"expression\":\"object.spec.none > 1\"}]}}");
    assertThat(policy.code()).as(policy.text()).isEqualTo(201);
    assertThat(policy.at("status.typeChecking.expressionWarnings.0.fieldRef"))
        .isEqualTo("spec.validations[1].expression");
    assertThat(policy.at("status.typeChecking.expressionWarnings.0.warning"))
        .startsWith("example.com/v1, Kind=Typed: ERROR: <input>:1:12: undefined field 'none'");
  }
}
