package dev.argosy.server;

import dev.argosy.server.access.Authorizer;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.ClusterObjects;
import dev.argosy.server.admission.DefaultSteps;
import dev.argosy.server.admission.MeasuredSteps;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.admission.TenantsOwn;
import dev.argosy.server.policy.MutatingPolicies;
import dev.argosy.server.policy.PolicyWrites;
import dev.argosy.server.policy.ValidatingPolicies;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.webhook.WebhookLayer;
import dev.argosy.server.webhook.call.WebhookCalls;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The steps of every write, in their order: built-in ones, policies, webhooks, then the caller's
 * own.
 *
 * @param presets what each cluster has without storing it
 * @param kinds what each cluster serves, custom resources included
 */
record AdmissionSteps(
    ApiServerParts parts,
    Presets presets,
    KindTables kinds,
    WebhookCalls calls,
    RandomGenerator random) {

  List<AdmissionStep> all() {
    ResourceCaches caches = parts.caches();
    Authorizer authorizer = parts.authorizer();
    ObjectLookup lookup = new StoredLookup(parts.stores(), caches);
    List<AdmissionStep> steps = new ArrayList<>();
    ClusterObjects objects = new ClusterObjects(caches, presets, lookup);
    steps.addAll(DefaultSteps.of(lookup, objects, parts.clusters(), authorizer, random));
    steps.add(new TenantsOwn(new MutatingPolicies(caches, kinds, lookup, authorizer)));
    steps.add(new PolicyWrites(kinds));
    steps.add(
        new TenantsOwn(new ValidatingPolicies(caches, kinds, lookup, authorizer, parts.metrics())));
    new WebhookLayer(
            new WebhookLayer.Basis(caches, kinds, lookup, authorizer, calls, parts.metrics()))
        .steps()
        .forEach(step -> steps.add(new TenantsOwn(step)));
    steps.addAll(parts.admission());
    return List.of(new MeasuredSteps(steps, parts.metrics()));
  }
}
