package dev.argosy.server.webhook;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.custom.kind.ConversionCaller;
import dev.argosy.server.webhook.call.CallException;
import dev.argosy.server.webhook.call.WebhookCalls;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the webhooks of definitions to convert custom resources. */
public final class ConversionWebhooks implements ConversionCaller {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final WebhookCalls calls;

  public ConversionWebhooks(WebhookCalls calls) {
    this.calls = calls;
  }

  @Override
  public ObjectNode call(
      String cluster, String definition, JsonNode clientConfig, ObjectNode review) {
    try {
      return calls.call(cluster, clientConfig, review, TIMEOUT);
    } catch (CallException e) {
      throw Status.of(
              Reason.INTERNAL_ERROR,
              "conversion webhook for " + definition + " failed: " + e.getMessage())
          .asException();
    }
  }
}
