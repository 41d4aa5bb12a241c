package dev.argosy.server.authn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.pki.TestPki;
import org.junit.jupiter.api.Test;

class CertificateIdentityTest {

  private final TestPki pki = new TestPki();

  @Test
  void commonNameAndOrganizationsAreUserAndGroups() throws Exception {
    UserInfo user =
        CertificateIdentity.of(pki.client("O=ops,O=dev,CN=kim\\, the one", "")).orElseThrow();
    assertThat(user.name()).isEqualTo("kim, the one");
    assertThat(user.groups()).containsExactly("ops", "dev", UserInfo.AUTHENTICATED);
    assertThat(ClusterScope.of(user)).contains("root");
  }

  @Test
  void theAlternativeNameTiesItToACluster() throws Exception {
    UserInfo user =
        CertificateIdentity.of(pki.client("CN=x,O=system:masters", "acme")).orElseThrow();
    assertThat(ClusterScope.of(user)).contains("acme");
  }

  @Test
  void withoutANameThereIsNobody() throws Exception {
    assertThat(CertificateIdentity.of(pki.client("O=system:masters", ""))).isEmpty();
    assertThat(CertificateIdentity.of(pki.client("CN=a,CN=b", ""))).isEmpty();
  }
}
