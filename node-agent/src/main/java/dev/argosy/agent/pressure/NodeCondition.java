package dev.argosy.agent.pressure;

/** What a node says of itself when it runs short of something. */
public enum NodeCondition {
  MEMORY("MemoryPressure"),
  DISK("DiskPressure"),
  PROCESSES("PIDPressure");

  private final String type;

  NodeCondition(String type) {
    this.type = type;
  }

  /** Its name in {@code node.status.conditions}. */
  public String type() {
    return type;
  }
}
