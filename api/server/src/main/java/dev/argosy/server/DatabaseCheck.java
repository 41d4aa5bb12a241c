package dev.argosy.server;

import dev.argosy.server.discovery.HealthCheck;
import dev.argosy.tenancy.database.PlatformDatabase;
import java.util.Optional;

/** Whether the database of tenants and roles answers; the pool bounds the time. */
record DatabaseCheck(PlatformDatabase database) implements HealthCheck {

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Optional<String> problem() {
    try {
      database.inTransaction(em -> em.createNativeQuery("select 1").getSingleResult());
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
