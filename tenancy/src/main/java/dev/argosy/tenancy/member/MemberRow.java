package dev.argosy.tenancy.member;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A member's row. */
@Entity
@Table(name = "member")
class MemberRow {

  @Id
  @Column(name = "name")
  private String name = "";

  @Column(name = "tenant", nullable = false)
  private String tenant = "";

  @Column(name = "subject_kind", nullable = false)
  private String subjectKind = "";

  @Column(name = "subject_name", nullable = false)
  private String subjectName = "";

  @Column(name = "role", nullable = false)
  private String role = "";

  @Version
  @Column(name = "version", nullable = false)
  private long version;

  protected MemberRow() {}

  MemberRow(String name) {
    this.name = name;
  }

  void become(Member member) {
    tenant = member.tenant();
    subjectKind = member.subject().kind().text();
    subjectName = member.subject().name();
    role = member.role().text();
  }
}
