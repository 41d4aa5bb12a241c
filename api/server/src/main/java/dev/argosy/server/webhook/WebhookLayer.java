package dev.argosy.server.webhook;

import dev.argosy.model.metric.Metrics;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.webhook.call.WebhookCalls;
import dev.argosy.store.cache.ResourceCaches;
import java.util.List;

/** Admission webhooks, put together. */
public final class WebhookLayer {

  private final List<AdmissionStep> steps;

  /**
   * What webhooks are found and asked with.
   *
   * @param kinds what each cluster serves
   * @param lookup finds namespaces, for their labels
   * @param authorizer what conditions may ask
   */
  public record Basis(
      ResourceCaches caches,
      KindTables kinds,
      ObjectLookup lookup,
      Authorizer authorizer,
      WebhookCalls calls,
      Metrics metrics) {}

  public WebhookLayer(Basis basis) {
    Conditions compiler = new Conditions(basis.lookup(), basis.authorizer());
    HookMatcher matcher = new HookMatcher(basis.kinds(), basis.lookup(), compiler);
    HookMetrics metrics = new HookMetrics(basis.metrics());
    this.steps =
        List.of(
            new ConfigurationCheck(compiler),
            new MutatingWebhooks(
                new HookSource(basis.caches(), "mutatingwebhookconfigurations", compiler),
                matcher,
                new HookCaller(basis.calls(), true, metrics)),
            new ValidatingWebhooks(
                new HookSource(basis.caches(), "validatingwebhookconfigurations", compiler),
                matcher,
                new HookCaller(basis.calls(), false, metrics)));
  }

  /**
   * The steps, in their order: behind all other mutating steps and behind policies, before quotas.
   */
  public List<AdmissionStep> steps() {
    return steps;
  }
}
