package dev.argosy.tenancy.quota;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.HashMap;
import java.util.Map;

/** A quota's row and the rows of its limits. */
@Entity
@Table(name = "quota")
class QuotaRow {

  @Id
  @Column(name = "name")
  private String name = "";

  @Column(name = "tenant", nullable = false)
  private String tenant = "";

  @ElementCollection
  @CollectionTable(name = "quota_limit", joinColumns = @JoinColumn(name = "quota"))
  @MapKeyColumn(name = "resource")
  @Column(name = "amount", nullable = false)
  private Map<String, String> limits = new HashMap<>();

  @Version
  @Column(name = "version", nullable = false)
  private long version;

  protected QuotaRow() {}

  QuotaRow(String name) {
    this.name = name;
  }

  void become(TenantQuota quota) {
    tenant = quota.tenant();
    limits.keySet().retainAll(quota.limits().keySet());
    limits.putAll(quota.limits());
  }
}
