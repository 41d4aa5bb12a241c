package dev.argosy.server.custom;

import static dev.argosy.server.custom.CustomRig.ACME;
import static dev.argosy.server.custom.CustomRig.DEFINITIONS;
import static dev.argosy.server.custom.CustomRig.define;
import static dev.argosy.server.custom.CustomRig.definition;
import static dev.argosy.server.custom.CustomRig.object;
import static dev.argosy.server.custom.CustomRig.objects;
import static dev.argosy.server.custom.CustomRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Expressions in schemas, and changes of objects that became invalid. */
class CustomRulesTest {

  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String ruled(String plural, String kind, String rules) {
    return definition(
        plural,
        kind,
        """
        {"type":"object","properties":{"spec":{"type":"object",
         "x-kubernetes-validations":%s,
         "properties":{"low":{"type":"integer"},"high":{"type":"integer"},
          "name":{"type":"string","maxLength":20}}}}}
        """
            .formatted(rules),
        "");
  }

  @Test
  void rulesAreKept() {
    define(
        client,
        ACME,
        ruled(
            "ranges",
            "Range",
            """
            [{"rule":"self.low <= self.high","message":"low must not be above high"},
             {"rule":"self.name == oldSelf.name","message":"name is fixed","fieldPath":".name",
              "reason":"FieldValueForbidden"},
             {"rule":"self.high < 100",
              "messageExpression":"'high is ' + string(self.high)"}]
            """));
    String ranges = objects(ACME, "ranges");
    var made =
        client.post(ranges, object("Range", "r", "\"spec\":{\"low\":1,\"high\":2,\"name\":\"n\"}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    var refused =
        client.post(
            ranges, object("Range", "s", "\"spec\":{\"low\":300,\"high\":200,\"name\":\"n\"}"));
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.at("message"))
        .isEqualTo(
            "Range.example.com \"s\" is invalid: [spec: Invalid value: \"object\": low must not be"
                + " above high, spec: Invalid value: \"object\": high is 200]");
    var renamed =
        client.patch(
            ranges + "/r", "application/merge-patch+json", "{\"spec\":{\"name\":\"other\"}}");
    assertThat(renamed.code()).isEqualTo(422);
    assertThat(renamed.at("message"))
        .isEqualTo("Range.example.com \"r\" is invalid: spec.name: Forbidden: name is fixed");
    var typed = client.post(ranges, object("Range", "t", "\"spec\":{\"low\":\"x\"}"));
    assertThat(typed.at("message"))
        .contains("some validation rules were not checked because the object was invalid");
  }

  @Test
  void wrongRulesAreRefused() {
    var refused =
        client.post(
            ACME + DEFINITIONS,
            ruled(
                "wrongs",
                "Wrong",
                """
                [{"rule":"self.nothing == 1"},{"rule":"self.low"},
                 {"rule":"self.low > 0","fieldPath":".nothing"},{"rule":""},
                 {"rule":"self.low > 0","reason":"Because"}]
                """));
    assertThat(refused.code()).isEqualTo(422);
    String at = "spec.versions[0].schema.openAPIV3Schema.properties[spec].x-kubernetes-validations";
    assertThat(refused.at("message"))
        .contains(
            at + "[0].rule: Invalid value: \"self.nothing == 1\": compilation failed:",
            "undefined field 'nothing'",
            at + "[1].rule: Invalid value: \"self.low\": cel expression must evaluate to a bool",
            at + "[2].fieldPath: Invalid value: \".nothing\": fieldPath must be a valid path",
            at + "[3].rule: Required value: rule is not specified",
            at + "[4].reason: Unsupported value: \"Because\"");
  }

  @Test
  void unchangedPartsMayStayInvalid() {
    String loose = spec("{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}}");
    define(client, ACME, definition("ratchets", "Ratchet", loose, ""));
    String ratchets = objects(ACME, "ratchets");
    client.post(ratchets, object("Ratchet", "r", "\"spec\":{\"a\":\"long\",\"b\":\"x\"}"));
    var current = client.get(ACME + DEFINITIONS + "/ratchets.example.com");
    var stricter =
        client.put(
            ACME + DEFINITIONS + "/ratchets.example.com",
            current
                .text()
                .replace(
                    "\"a\":{\"type\":\"string\"}", "\"a\":{\"maxLength\":1,\"type\":\"string\"}"));
    assertThat(stricter.code()).as(stricter.text()).isEqualTo(200);
    CustomRig.await(() ->
        client
                .post(ratchets + "?dryRun=All", object("Ratchet", "q", "\"spec\":{\"a\":\"long\"}"))
                .code()
            == 422);
    var elsewhere =
        client.patch(ratchets + "/r", "application/merge-patch+json", "{\"spec\":{\"b\":\"y\"}}");
    assertThat(elsewhere.code()).as(elsewhere.text()).isEqualTo(200);
    var here =
        client.patch(ratchets + "/r", "application/merge-patch+json", "{\"spec\":{\"a\":\"zz\"}}");
    assertThat(here.code()).isEqualTo(422);
  }

  @Test
  void rulesThatCostTooMuchAreRefused() {
    String schema =
        """
        {"type":"object","properties":{"spec":{"type":"object","properties":{"list":{
          "type":"array",%s"items":{"type":"string",%s"x-kubernetes-validations":[
            {"rule":"self.contains('a')"}]},
          "x-kubernetes-validations":[{"rule":"self.all(x, self.all(y, x == y))"}]}}}}}
        """;
    var refused =
        client.post(ACME + DEFINITIONS, definition("costs", "Cost", schema.formatted("", ""), ""));
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.at("message"))
        .contains(
            "properties[list].x-kubernetes-validations[0].rule: Forbidden: estimated rule cost"
                + " exceeds budget by factor of more than 100x (try simplifying the rule, or adding"
                + " maxItems, maxProperties, and maxLength where arrays, maps, and strings are"
                + " declared)");
    define(
        client,
        ACME,
        definition("costs", "Cost", schema.formatted("\"maxItems\":10,", "\"maxLength\":10,"), ""));
  }
}
