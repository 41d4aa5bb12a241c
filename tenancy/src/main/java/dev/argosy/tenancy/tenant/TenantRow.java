package dev.argosy.tenancy.tenant;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tenant's row. */
@Entity
@Table(name = "tenant")
class TenantRow {

  @Id
  @Column(name = "name")
  private String name = "";

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

  @Version
  @Column(name = "version", nullable = false)
  private long version;

  protected TenantRow() {}

  TenantRow(String name) {
    this.name = name;
  }

  void become(Tenant tenant) {
    uid = tenant.uid();
    displayName = tenant.displayName();
    parent = tenant.parent();
    cell = tenant.cell();
    phase = tenant.phase().text();
    createdAt = tenant.createdAt();
    nodePools.retainAll(tenant.nodePools());
    nodePools.addAll(tenant.nodePools());
  }
}
