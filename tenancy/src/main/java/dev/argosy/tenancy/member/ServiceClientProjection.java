package dev.argosy.tenancy.member;

import dev.argosy.tenancy.objects.Projection;

/** ServiceClient objects as rows of {@code service_client}. */
public final class ServiceClientProjection {

  private ServiceClientProjection() {}

  public static Projection<?, ?> create() {
    return new Projection<>(
        ServiceClient.RESOURCE, ServiceClientRow.class, ServiceClient::of, ServiceClientRow::new);
  }
}
