package dev.argosy.server.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.cel.library.AuthorizerValues.AuthorizerValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the authorizer is asked by expressions. */
class AuthorizerTest {

  private static final CelEnvironment ENVIRONMENT =
      CelEnvironment.of(
          Map.of(
              "authorizer", Shape.AUTHORIZER,
              "authorizer.requestResource", Shape.REQUEST_RESOURCE));

  private final List<Attributes> asked = new ArrayList<>();

  private Evaluation evaluate(String expression) {
    Authorizer authorizer =
        attributes -> {
          asked.add(attributes);
          return attributes.verb().equals("delete")
              ? Decision.deny("not that")
              : Decision.allow("a rule");
        };
    UserInfo user = new UserInfo("ann", "", List.of("devs"), Map.of());
    AuthorizerValue value = new AuthorizerValue(authorizer, user, "acme");
    Attributes request =
        new Attributes(
            user, "acme", "", "apps", "v1", "deployments", "scale", "default", "web", "");
    Bindings bindings =
        new Bindings.Builder()
            .value("authorizer", value)
            .value("authorizer.requestResource", value.requestResource(request))
            .build();
    return ENVIRONMENT.compile(expression).orThrow().evaluate(bindings, CelBudget.ofCall());
  }

  private static String text(Attributes asked) {
    return String.join(
        " ",
        asked.user().name(),
        asked.cluster(),
        asked.verb(),
        "'" + asked.group() + "'",
        asked.resource() + "/" + asked.subresource(),
        asked.namespace() + "/" + asked.name(),
        asked.path());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "authorizer.path('/healthz').check('get').allowed() => ann acme get '' / / /healthz",
        "authorizer.group('').resource('pods').check('list').allowed() => ann acme list '' pods/ /",
        "authorizer.group('apps').resource('deployments').subresource('status').namespace('n')"
            + ".name('x').check('update').allowed()"
            + " => ann acme update 'apps' deployments/status n/x",
        "authorizer.group('').resource('pods').fieldSelector('spec.nodeName=a')"
            + ".labelSelector('a=b').check('list').allowed() => ann acme list '' pods/ /",
        "authorizer.requestResource.check('get').reason() == 'a rule'"
            + " => ann acme get 'apps' deployments/scale default/web",
        "authorizer.serviceAccount('n', 'bot').path('/x').check('get').allowed()"
            + " => system:serviceaccount:n:bot acme get '' / / /x",
        "!authorizer.requestResource.check('delete').allowed()"
            + " => ann acme delete 'apps' deployments/scale default/web",
        "!authorizer.path('/x').check('get').errored() && authorizer.path('/x').check('get').error()"
            + " == '' => ann acme get '' / / /x",
      })
  void asks(String expression, String question) {
    assertThat(evaluate(expression)).isEqualTo(new Evaluation.Value(true));
    assertThat(text(asked.getFirst()).strip()).isEqualTo(question);
  }

  @Test
  void canAffordTwoChecks() {
    String check = "authorizer.path('/x').check('get').allowed()";
    assertThat(evaluate(check + " && " + check)).isEqualTo(new Evaluation.Value(true));
    assertThat(evaluate(check + " && " + check + " && " + check))
        .isInstanceOfSatisfying(
            Evaluation.Failed.class,
            failed -> assertThat(failed.cause()).isEqualTo(Evaluation.Cause.EXPRESSION_LIMIT));
  }
}
