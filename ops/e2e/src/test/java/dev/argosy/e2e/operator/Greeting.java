package dev.argosy.e2e.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** The kind that the operator serves; its definition is {@code greetings.yaml}. */
@Group("operator.e2e.example.com")
@Version("v1")
public class Greeting extends CustomResource<Greeting.Spec, Greeting.Status> implements Namespaced {

  /** What shall be said. */
  public static class Spec {
    public @Nullable String text;
  }

  /** What has been said, and by which of the operators. */
  public static class Status {
    public @Nullable String said;
    public @Nullable String by;
    public @Nullable Long observedGeneration;
  }
}
