package dev.argosy.server.tenant.serviceclient;

import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.tenancy.member.ServiceClient;
import java.time.Instant;

/** Whether a program can log in, as far as this platform decides that. */
enum Standing {
  READY("Provisioned", "programs log in with it"),
  EXPIRED("Expired", "it has ended; a later spec.expiresAt makes it good again"),
  SUSPENDED("TenantSuspended", "the tenant is suspended; it is good again when the tenant is");

  private final String reason;
  private final String message;

  Standing(String reason, String message) {
    this.reason = reason;
    this.message = message;
  }

  static Standing of(ServiceClient client, Phase tenant, Instant now) {
    if (client.place().term().over(now)) {
      return EXPIRED;
    }
    return tenant == Phase.SUSPENDED || tenant == Phase.TERMINATING ? SUSPENDED : READY;
  }

  /** The reason of the condition. */
  String reason() {
    return reason;
  }

  /** The same in words. */
  String message() {
    return message;
  }
}
