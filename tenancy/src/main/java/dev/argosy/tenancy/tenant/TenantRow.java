package dev.argosy.tenancy.tenant;

import dev.argosy.tenancy.objects.NamedRow;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tenant's row. */
@Entity
@Table(name = "tenant")
class TenantRow extends NamedRow<Tenant> {

  @Column(name = "uid", nullable = false)
  private String uid = "";

  @Column(name = "display_name", nullable = false)
  private String displayName = "";

  @Column(name = "parent", nullable = false)
  private String parent = "";

  @Column(name = "cell", nullable = false)
  private String cell = "";

  @Column(name = "phase", nullable = false)
  private String phase = "";

  @Column(name = "created_at")
  private @Nullable Instant createdAt;

  @ElementCollection
  @CollectionTable(name = "tenant_node_pool", joinColumns = @JoinColumn(name = "tenant"))
  @Column(name = "pool", nullable = false)
  private Set<String> nodePools = new HashSet<>();

  protected TenantRow() {}

  TenantRow(String name) {
    super(name);
  }

  @Override
  protected void become(Tenant tenant) {
    uid = tenant.uid();
    displayName = tenant.displayName();
    parent = tenant.parent();
    cell = tenant.cell();
    phase = phase(tenant.phase());
    createdAt = tenant.createdAt();
    nodePools.retainAll(tenant.nodePools());
    nodePools.addAll(tenant.nodePools());
  }

  /** A later server's word stays as that one wrote it. */
  private String phase(TenantPhase said) {
    if (said != TenantPhase.UNKNOWN) {
      return said.text();
    }
    return phase.isEmpty() ? TenantPhase.PENDING.text() : phase;
  }
}
