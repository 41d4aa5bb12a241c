package dev.argosy.server.registry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a client is told besides the answer; each text once. Belongs to one request. */
public final class Warnings {

  private final Set<String> texts = new LinkedHashSet<>();

  public void add(String text) {
    texts.add(text);
  }

  public void addAll(List<String> more) {
    texts.addAll(more);
  }

  public List<String> all() {
    return List.copyOf(texts);
  }
}
