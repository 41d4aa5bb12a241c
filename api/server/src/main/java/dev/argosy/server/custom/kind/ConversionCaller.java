package dev.argosy.server.custom.kind;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the webhook of a definition to convert objects. */
public interface ConversionCaller {

  /**
   * Sends a review and answers what came back, a {@code ConversionReview} with a response.
   *
   * @param cluster the logical cluster of the definition, in which a service is looked up
   * @param definition the definition's name, for messages
   * @param clientConfig its {@code spec.conversion.webhook.clientConfig}
   * @throws dev.argosy.model.status.StatusException if the webhook cannot be reached
   */
  ObjectNode call(String cluster, String definition, JsonNode clientConfig, ObjectNode review);

  /** Reaches no webhook. */
  static ConversionCaller none() {
    return (cluster, definition, clientConfig, review) -> {
      throw dev.argosy.model.status.Status.of(
              dev.argosy.model.status.Reason.SERVICE_UNAVAILABLE,
              "conversion webhook for " + definition + " cannot be called here")
          .asException();
    };
  }
}
