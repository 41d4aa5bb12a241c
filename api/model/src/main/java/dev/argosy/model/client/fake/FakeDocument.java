package dev.argosy.model.client.fake;

import java.util.Map;

/** Answers gets of a path that is no resource, in place of a server. */
@FunctionalInterface
public interface FakeDocument {

  /** What is answered; a refusal is thrown as StatusException. */
  String of(String cluster, Map<String, String> query);
}
