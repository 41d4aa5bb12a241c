package dev.argosy.tenancy.role;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** The row of a platform role given to somebody. */
@Entity
@Table(name = "role_binding")
class RoleBindingRow {

  @Id
  @Column(name = "name")
  private String name = "";

  @Column(name = "role", nullable = false)
  private String role = "";

  @Column(name = "subject_kind", nullable = false)
  private String subjectKind = "";

  @Column(name = "subject_name", nullable = false)
  private String subjectName = "";

  @Version
  @Column(name = "version", nullable = false)
  private long version;

  protected RoleBindingRow() {}

  RoleBindingRow(String name) {
    this.name = name;
  }

  void become(AccessGrant grant) {
    role = grant.role().text();
    subjectKind = grant.subject().kind().text();
    subjectName = grant.subject().name();
  }
}
