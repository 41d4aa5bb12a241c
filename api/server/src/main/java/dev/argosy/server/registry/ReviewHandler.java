package dev.argosy.server.registry;

import tools.jackson.databind.node.ObjectNode;

/** Answers a kind that is not kept but asked, such as SelfSubjectAccessReview. */
public interface ReviewHandler {

  /**
   * The body with its status filled in (HTTP 201).
   *
   * @throws dev.argosy.model.status.StatusException to refuse
   */
  ObjectNode review(Subject subject, ObjectNode body);
}
