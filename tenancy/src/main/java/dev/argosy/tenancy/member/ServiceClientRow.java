package dev.argosy.tenancy.member;

import dev.argosy.tenancy.objects.NamedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** The row of a service client, which keeps the role that it names. */
@Entity
@Table(name = "service_client")
class ServiceClientRow extends NamedRow<ServiceClient> {

  @Column(name = "tenant", nullable = false)
  private String tenant = "";

  @Column(name = "role", nullable = false)
  private String role = "";

  @Column(name = "tenant_role")
  private @Nullable String tenantRole;

  protected ServiceClientRow() {}

  ServiceClientRow(String name) {
    super(name);
  }

  @Override
  protected void become(ServiceClient client) {
    tenant = client.place().tenant();
    role = client.place().role();
    tenantRole = TenantRole.words().contains(role) ? null : role;
  }
}
