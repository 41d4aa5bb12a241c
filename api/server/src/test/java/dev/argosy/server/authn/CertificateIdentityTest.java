package dev.argosy.server.authn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.pki.TestPki;
import dev.argosy.server.testing.FakeClusters;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateIdentityTest {

  private final TestPki pki = new TestPki();
  private final FakeClusters clusters = new FakeClusters();

  private Optional<UserInfo> identity(String subject, String cluster) throws Exception {
    return CertificateIdentity.of(pki.client(subject, cluster), clusters);
  }

  @Test
  void commonNameAndOrganizationsAreUserAndGroups() throws Exception {
    UserInfo user = identity("O=ops,O=dev,CN=kim\\, the one", "").orElseThrow();
    assertThat(user.name()).isEqualTo("kim, the one");
    assertThat(user.groups()).containsExactly("ops", "dev", UserInfo.AUTHENTICATED);
    assertThat(ClusterScope.of(user)).contains("root");
  }

  @Test
  void theAlternativeNameTiesItToACluster() throws Exception {
    UserInfo user = identity("CN=x,O=system:masters", "acme").orElseThrow();
    assertThat(ClusterScope.of(user)).contains("acme");
  }

  @Test
  void itMeansNobodyOnceItsTenantIsGone() throws Exception {
    assertThat(identity("CN=x", "acme/uid-of-acme")).isEmpty();
    clusters.put("acme", Phase.ACTIVE, Set.of());
    assertThat(ClusterScope.of(identity("CN=x", "acme/uid-of-acme").orElseThrow()))
        .contains("acme");
    assertThat(identity("CN=x", "acme/uid-of-the-one-before")).isEmpty();
  }

  @Test
  void withoutANameThereIsNobody() throws Exception {
    assertThat(identity("O=system:masters", "")).isEmpty();
    assertThat(identity("CN=a,CN=b", "")).isEmpty();
  }
}
