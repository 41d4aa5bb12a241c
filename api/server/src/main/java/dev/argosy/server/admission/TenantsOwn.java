package dev.argosy.server.admission;

import dev.argosy.server.access.PlatformLoops;

/**
 * A step that asks what a tenant has put into its cluster (policies, webhooks). The loop that
 * makes, stops and empties the cluster passes by: no tenant decides whether it may be suspended,
 * and what the loop makes again was admitted before.
 */
public final class TenantsOwn implements AdmissionStep {

  private final AdmissionStep step;

  public TenantsOwn(AdmissionStep step) {
    this.step = step;
  }

  @Override
  public String name() {
    return step.name();
  }

  @Override
  public void mutate(AdmissionRequest request) {
    if (!request.user().equals(PlatformLoops.TENANTS)) {
      step.mutate(request);
    }
  }

  @Override
  public void validate(AdmissionRequest request) {
    if (!request.user().equals(PlatformLoops.TENANTS)) {
      step.validate(request);
    }
  }
}
