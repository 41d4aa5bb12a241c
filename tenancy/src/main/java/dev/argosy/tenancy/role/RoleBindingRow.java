package dev.argosy.tenancy.role;

import dev.argosy.tenancy.objects.NamedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The row of a platform role given to somebody. */
@Entity
@Table(name = "role_binding")
class RoleBindingRow extends NamedRow<AccessGrant> {

  @Column(name = "role", nullable = false)
  private String role = "";

  @Column(name = "subject_kind", nullable = false)
  private String subjectKind = "";

  @Column(name = "subject_name", nullable = false)
  private String subjectName = "";

  protected RoleBindingRow() {}

  RoleBindingRow(String name) {
    super(name);
  }

  @Override
  protected void become(AccessGrant grant) {
    role = grant.role().text();
    subjectKind = grant.subject().kind().text();
    subjectName = grant.subject().name();
  }
}
