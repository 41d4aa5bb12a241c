package dev.argosy.server.registry;

import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers POST to a subresource, such as {@code serviceaccounts/token}; authorized before. The body
 * has been checked against its kind.
 */
public interface PostHandler {

  /**
   * The answer, a whole object with apiVersion and kind (HTTP 201).
   *
   * @throws dev.argosy.model.status.StatusException to refuse
   */
  ObjectNode post(Subject subject, ObjectNode body);

  /**
   * The same, for who has something to say besides.
   *
   * @param warnings takes what the client is told in {@code Warning} headers
   */
  default ObjectNode post(Subject subject, ObjectNode body, Consumer<String> warnings) {
    return post(subject, body);
  }
}
