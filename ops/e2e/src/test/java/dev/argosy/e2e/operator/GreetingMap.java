package dev.argosy.e2e.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** The config map that a greeting asks for, applied on the server. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public class GreetingMap extends CRUDKubernetesDependentResource<ConfigMap, Greeting> {

  public GreetingMap() {
    super(ConfigMap.class);
  }

  @Override
  protected ConfigMap desired(Greeting greeting, Context<Greeting> context) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(greeting.getMetadata().getName())
        .withNamespace(greeting.getMetadata().getNamespace())
        .endMetadata()
        .addToData("text", greeting.getSpec().text)
        .build();
  }
}
