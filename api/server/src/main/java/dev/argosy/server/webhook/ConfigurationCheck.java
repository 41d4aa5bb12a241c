package dev.argosy.server.webhook;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses webhook configurations whose match conditions do not compile. */
final class ConfigurationCheck implements AdmissionStep {

  private final Conditions compiler;

  ConfigurationCheck(Conditions compiler) {
    this.compiler = compiler;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    boolean configuration =
        request.concerns(HookSource.GROUP, "validatingwebhookconfigurations")
            || request.concerns(HookSource.GROUP, "mutatingwebhookconfigurations");
    if (object == null || !configuration) {
      return;
    }
    List<Cause> causes = new ArrayList<>();
    int hook = 0;
    for (JsonNode webhook : object.path("webhooks")) {
      String path = "webhooks[" + hook++ + "].matchConditions";
      causes.addAll(compiler.problems(webhook.path("matchConditions"), path));
    }
    if (!causes.isEmpty()) {
      var type = request.target().type();
      throw Status.invalid(type.group(), type.kind(), request.target().name(), causes)
          .asException();
    }
  }
}
