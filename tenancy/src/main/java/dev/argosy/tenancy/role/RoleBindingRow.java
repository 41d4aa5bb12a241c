package dev.argosy.tenancy.role;

import dev.argosy.tenancy.objects.NamedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a platform role given to somebody. */
@Entity
@Table(name = "role_binding")
class RoleBindingRow extends NamedRow<AccessGrant> {

  @Column(name = "role", nullable = false)
  private String role = "";

  @Column(name = "tenant_role")
  private @Nullable String tenantRole;

  @Column(name = "subject_kind", nullable = false)
  private String subjectKind = "";

  @Column(name = "subject_name", nullable = false)
  private String subjectName = "";

  @Column(name = "expires_at")
  private @Nullable Instant expiresAt;

  @Column(name = "reason", nullable = false)
  private String reason = "";

  protected RoleBindingRow() {}

  RoleBindingRow(String name) {
    super(name);
  }

  @Override
  protected void become(AccessGrant grant) {
    role = grant.role();
    tenantRole = PlatformRole.words().contains(role) ? null : role;
    subjectKind = grant.subject().kind().text();
    subjectName = grant.subject().name();
    expiresAt = grant.term().expiresAt().orElse(null);
    reason = grant.reason();
  }
}
