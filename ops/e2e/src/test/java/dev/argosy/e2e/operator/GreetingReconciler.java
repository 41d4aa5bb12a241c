package dev.argosy.e2e.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says in the status what the config map has; keeps the greeting until it has cleaned up. */
@Workflow(dependents = @Dependent(type = GreetingMap.class))
@ControllerConfiguration(name = "greetings")
class GreetingReconciler implements Reconciler<Greeting>, Cleaner<Greeting> {

  private final String name;
  final Set<String> cleaned = ConcurrentHashMap.newKeySet();

  GreetingReconciler(String name) {
    this.name = name;
  }

  @Override
  public UpdateControl<Greeting> reconcile(Greeting greeting, Context<Greeting> context) {
    Greeting told = new Greeting();
    told.setMetadata(
        new ObjectMetaBuilder()
            .withName(greeting.getMetadata().getName())
            .withNamespace(greeting.getMetadata().getNamespace())
            .build());
    Greeting.Status status = new Greeting.Status();
    status.said =
        context
            .getSecondaryResource(ConfigMap.class)
            .map(map -> map.getData().get("text"))
            .orElse(null);
    status.by = name;
    status.observedGeneration = greeting.getMetadata().getGeneration();
    told.setStatus(status);
    return UpdateControl.patchStatus(told);
  }

  @Override
  public DeleteControl cleanup(Greeting greeting, Context<Greeting> context) {
    cleaned.add(greeting.getMetadata().getName());
    return DeleteControl.defaultDelete();
  }
}
