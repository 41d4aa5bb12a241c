package dev.argosy.server.authn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.time.ManualTimers;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.Credentials;
import dev.argosy.server.access.ObjectsInMemory;
import dev.argosy.server.pki.TestPki;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyIdentityTest {

  private static final Map<String, List<String>> KIM =
      Map.of(
          "x-remote-user",
          List.of("kim"),
          "x-remote-group",
          List.of("ops", "dev"),
          "x-remote-extra-example.com%2fa",
          List.of("b"));

  private final ManualTimers time = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final TestPki proxies = new TestPki();
  private final TestPki people = new TestPki();
  private AuthenticationChain chain;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    RequestHeaderSettings settings =
        RequestHeaderSettings.of(
                Map.of(
                    "argosy.request-header.ca",
                    proxies.write(folder).caCertificateFile().toString(),
                    "argosy.request-header.allowed-names",
                    "front, other"))
            .orElseThrow();
    chain =
        new AuthenticationChain(
            new BearerTokens(
                TestKeys.tokens(),
                new OidcSettings(List.of()),
                new ObjectsInMemory(),
                time.clock()),
            user -> Optional.empty(),
            name -> Optional.empty(),
            time.clock(),
            Optional.of(new ProxyIdentity(settings)));
  }

  private Authentication with(X509Certificate certificate, Map<String, List<String>> headers) {
    Credentials.Headers all =
        new Credentials.Headers() {
          @Override
          public List<String> names() {
            return List.copyOf(headers.keySet());
          }

          @Override
          public List<String> values(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of());
          }
        };
    return chain.authenticate(
        new Credentials(Optional.empty(), Optional.of(certificate), Optional.empty(), all));
  }

  @Test
  void aProxySaysWhoItIs() throws Exception {
    assertThat(with(proxies.client("CN=front", ""), KIM))
        .isEqualTo(
            new Authentication.Known(
                new UserInfo(
                    "kim", "", List.of("ops", "dev"), Map.of("example.com/a", List.of("b"))),
                Optional.empty()));
  }

  @Test
  void aProxysCertificateAloneIsNobodys() throws Exception {
    assertThat(with(proxies.client("CN=front,O=system:masters", ""), Map.of()))
        .isInstanceOf(Authentication.Rejected.class);
    assertThat(with(proxies.client("CN=stranger", ""), KIM))
        .isInstanceOf(Authentication.Rejected.class);
  }

  @Test
  void nobodyElsesHeadersCount() throws Exception {
    assertThat(with(people.client("CN=front", ""), KIM))
        .isInstanceOfSatisfying(
            Authentication.Known.class,
            known -> assertThat(known.user().name()).isEqualTo("front"));
  }
}
