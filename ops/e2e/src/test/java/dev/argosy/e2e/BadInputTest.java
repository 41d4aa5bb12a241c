package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes back for what nobody should send: a Status that says why, never a 5xx. */
class BadInputTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private static final Api API = new Api();
  private static final String TOKEN = API.userToken("acme-dev");

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("broken JSON", "application/json", "{\"kind\":", 400),
        Arguments.of("no object", "application/json", "[1,2]", 400),
        Arguments.of("unknown kind", "application/json", object("v1", "Nothing", "a"), 400),
        Arguments.of("wrong group", "application/json", object("apps/v9", "ConfigMap", "a"), 400),
        Arguments.of("bad name", "application/json", object("v1", "ConfigMap", "A_b!"), 422),
        Arguments.of("no name", "application/json", object("v1", "ConfigMap", ""), 422),
        Arguments.of("broken YAML", "application/yaml", "a: [b", 400),
        Arguments.of("content type", "text/html", "<p>", 415),
        Arguments.of("deep nesting", "application/json", "[".repeat(100_000), 400),
        Arguments.of(
            "too long",
            "application/json",
            "{\"data\":{\"a\":\"" + "x".repeat(4_000_000) + "\"}}",
            413));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void isRefusedWithAStatus(String what, String type, String body, int code) {
    HttpResponse<String> answer = API.send("POST", MAPS, TOKEN, type, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
    assertThat(Api.json(answer).path("kind").asString()).isEqualTo("Status");
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void unknownPathsAreNotFound() {
    assertThat(API.get("/clusters/acme/apis/nothing/v1/things", TOKEN).statusCode()).isEqualTo(404);
    assertThat(API.get("/clusters/acme/api/v1/nothings", TOKEN).statusCode()).isEqualTo(404);
  }

  @Test
  void aStaleRevisionIsAConflict() {
    try (Space space = Space.create(Kubectl.newest("acme"))) {
      space.run("create", "configmap", "a", "--from-literal=k=1");
      String before = space.run("get", "configmap", "a", "-o", "json");
      space.run("patch", "configmap", "a", "-p", "{\"data\":{\"k\":\"2\"}}");
      Program.Result late = space.with(before.replace("\"1\"", "\"3\""), "replace", "-f", "-");
      assertThat(late.ok()).isFalse();
      assertThat(late.err()).contains("Conflict");
    }
  }

  @Test
  void aWatchFromTooLongAgoIsGone() {
    HttpResponse<String> answer =
        API.get(MAPS + "?watch=1&resourceVersion=1&timeoutSeconds=5", TOKEN);
    assertThat(answer.statusCode() == 410 || answer.body().contains("\"code\":410"))
        .as(answer.statusCode() + " " + answer.body())
        .isTrue();
  }

  /** A provider that is away is told of once, and is no reason to ask anybody to log in. */
  @Test
  void aLogInThatCannotBeginSaysWhy() {
    Program.Result away = logIn("http://127.0.0.1:1/realms/argosy");
    assertThat(away.exit()).isEqualTo(4);
    assertThat(away.err())
        .containsOnlyOnce("kubectl-login:")
        .contains("does not answer as an OpenID provider", "see whether the URL is right");
    assertThat(logIn("--nothing", "x").err()).contains("there is no option --nothing");
    assertThat(logIn().err()).contains("the issuer's URL is missing");
  }

  private static Program.Result logIn(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Target.ROOT.resolve("ops/kubectl-login").toString());
    command.addAll(List.of(arguments));
    Map<String, String> home = Map.of("XDG_CACHE_HOME", Target.data().resolve("cache").toString());
    return Program.run(command, home, "", Duration.ofSeconds(30));
  }

  private static String object(String version, String kind, String name) {
    return "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"}}"
        .formatted(version, kind, name);
  }
}
