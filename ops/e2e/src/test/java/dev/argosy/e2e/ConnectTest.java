package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kubectl on somebody's own machine, with nothing but what the console's page Connect gives. */
class ConnectTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Browser browser = new Browser();

  @TempDir private Path home;

  @AfterEach
  void close() {
    browser.shoot("connect");
    browser.close();
  }

  @Test
  void aTeamMemberConnectsKubectlWithAFewClicks() throws IOException {
    browser.logIn("acme-dev");
    browser.go("/t/acme/connect");
    Path plugin = download("a[href$='downloads/kubectl-login']", "kubectl-login");
    assertThat(plugin.toFile().setExecutable(true)).isTrue();
    download(".steps li:nth-child(2) a", "kubeconfig");

    Program.Result before = kubectl("1.35", "get", "namespaces");
    assertThat(before.exit()).isNotZero();
    assertThat(before.err()).contains("nobody is logged in at " + issuer(), "log in first:");

    try (Background login =
        Background.program(List.of(plugin.toString(), issuer()), environment())) {
      browser.open(login.find(PATIENCE, "(http\\S+user_code=\\S+)"));
      browser.click("[name='accept']");
      login.until(PATIENCE, "logged in at " + issuer() + " as acme-dev");
    }
    for (String version : Kubectl.versions()) {
      assertThat(kubectl(version, "get", "namespaces").orFail()).contains("kube-system");
    }
    assertThat(kubectl("1.35", "auth", "can-i", "list", "pods").orFail()).contains("yes");

    Program.run(List.of(plugin.toString(), "--logout", issuer()), environment(), "", PATIENCE)
        .orFail();
    assertThat(kubectl("1.35", "get", "namespaces").err()).contains("log in first:");
  }

  private Path download(String link, String name) throws IOException {
    String text = browser.fetch(browser.find(link));
    return Files.writeString(home.resolve(name), text);
  }

  private Program.Result kubectl(String version, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Target.TOOLS.resolve("kubectl-" + version).toString());
    command.addAll(List.of(arguments));
    return Program.run(command, environment(), "", PATIENCE);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
    environment.put("KUBECONFIG", home.resolve("kubeconfig").toString());
    environment.put("PATH", home + ":" + System.getenv("PATH"));
    return environment;
  }

  private static String issuer() {
    return Target.setting("argosy.oidc.issuer");
  }
}
