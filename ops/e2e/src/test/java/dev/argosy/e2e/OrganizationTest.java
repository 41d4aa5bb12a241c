package dev.argosy.e2e;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A role for all members of an organization of the platform's own Keycloak. */
class OrganizationTest {

  private static final String MEMBER = "acme.of-globex";

  private final Kubectl admin = Kubectl.newest("admin");
  private final Kubectl user = Kubectl.newest("globex");

  @AfterEach
  void remove() {
    admin.run("delete", "member", MEMBER, "--ignore-not-found");
  }

  @Test
  void itsMembersHaveTheRole() {
    String acme = "--server=" + Target.apiUrl() + "/clusters/acme";
    String member =
        """
        apiVersion: tenancy.argosy.dev/v1
        kind: Member
        metadata: {name: %s}
        spec: {tenant: acme, role: viewer, subject: {kind: Group, name: 'organization:globex'}}
        """
            .formatted(MEMBER);
    admin.with(member, "create", "-f", "-").orFail();
    Eventually.until(
        Duration.ofSeconds(30), () -> user.tryRun(acme, "get", "pods").ok(), seen -> seen);
  }
}
