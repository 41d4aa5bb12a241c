package dev.argosy.tenancy.role;

import dev.argosy.tenancy.objects.NamedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The row of a role of people's own making; members and grants that name it refer to it. */
@Entity
@Table(name = "tenant_role")
class CustomRoleRow extends NamedRow<CustomRole> {

  @Column(name = "tenant", nullable = false)
  private String tenant = "";

  protected CustomRoleRow() {}

  CustomRoleRow(String name) {
    super(name);
  }

  @Override
  protected void become(CustomRole role) {
    tenant = role.tenant();
  }
}
