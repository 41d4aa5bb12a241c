package dev.argosy.tenancy.member;

import dev.argosy.tenancy.objects.NamedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A member's row. */
@Entity
@Table(name = "member")
class MemberRow extends NamedRow<Member> {

  @Column(name = "tenant", nullable = false)
  private String tenant = "";

  @Column(name = "subject_kind", nullable = false)
  private String subjectKind = "";

  @Column(name = "subject_name", nullable = false)
  private String subjectName = "";

  @Column(name = "role", nullable = false)
  private String role = "";

  @Column(name = "tenant_role")
  private @Nullable String tenantRole;

  @Column(name = "expires_at")
  private @Nullable Instant expiresAt;

  protected MemberRow() {}

  MemberRow(String name) {
    super(name);
  }

  @Override
  protected void become(Member member) {
    tenant = member.tenant();
    subjectKind = member.subject().kind().text();
    subjectName = member.subject().name();
    role = member.role();
    tenantRole = TenantRole.words().contains(role) ? null : role;
    expiresAt = member.term().expiresAt().orElse(null);
  }
}
