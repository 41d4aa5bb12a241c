package dev.argosy.tenancy.breakglass;

import dev.argosy.tenancy.objects.NamedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of an access that somebody took. */
@Entity
@Table(name = "break_glass")
class BreakGlassRow extends NamedRow<BreakGlass> {

  @Column(name = "tenant", nullable = false)
  private String tenant = "";

  @Column(name = "user_name", nullable = false)
  private String username = "";

  @Column(name = "role", nullable = false)
  private String role = "";

  @Column(name = "reason", nullable = false)
  private String reason = "";

  @Column(name = "expires_at", nullable = false)
  private Instant expiresAt = Instant.EPOCH;

  @Column(name = "ended", nullable = false)
  private boolean ended;

  protected BreakGlassRow() {}

  BreakGlassRow(String name) {
    super(name);
  }

  @Override
  protected void become(BreakGlass said) {
    tenant = said.tenant();
    username = said.username();
    role = said.role().text();
    reason = said.reason();
    expiresAt = said.expiresAt();
    ended = said.ended();
  }
}
