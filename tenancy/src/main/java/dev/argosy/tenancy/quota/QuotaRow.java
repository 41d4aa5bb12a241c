package dev.argosy.tenancy.quota;

import dev.argosy.tenancy.objects.NamedRow;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.util.HashMap;
import java.util.Map;

/** A quota's row and the rows of its limits. */
@Entity
@Table(name = "quota")
class QuotaRow extends NamedRow<TenantQuota> {

  @Column(name = "tenant", nullable = false)
  private String tenant = "";

  @ElementCollection
  @CollectionTable(name = "quota_limit", joinColumns = @JoinColumn(name = "quota"))
  @MapKeyColumn(name = "resource")
  @Column(name = "amount", nullable = false)
  private Map<String, String> limits = new HashMap<>();

  protected QuotaRow() {}

  QuotaRow(String name) {
    super(name);
  }

  @Override
  protected void become(TenantQuota quota) {
    tenant = quota.tenant();
    limits.keySet().retainAll(quota.limits().keySet());
    limits.putAll(quota.limits());
  }
}
