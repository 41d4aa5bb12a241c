package dev.argosy.model.client.fake;

import tools.jackson.databind.node.ObjectNode;

/** Answers a post to a subresource, or a review, in place of a server. */
@FunctionalInterface
public interface FakeAnswer {

  /**
   * What is answered; a refusal is thrown as StatusException.
   *
   * @param request its verb is the subresource; its name is empty in a review
   */
  ObjectNode to(FakeRequest request, ObjectNode body);
}
