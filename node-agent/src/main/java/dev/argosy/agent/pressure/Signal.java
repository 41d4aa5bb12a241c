package dev.argosy.agent.pressure;

import java.util.Arrays;
import java.util.Optional;

/** What is watched, by the names of Kubernetes. */
public enum Signal {
  MEMORY("memory.available", NodeCondition.MEMORY, "memory"),
  NODE_DISK("nodefs.available", NodeCondition.DISK, "ephemeral-storage"),
  NODE_INODES("nodefs.inodesFree", NodeCondition.DISK, "inodes"),
  IMAGE_DISK("imagefs.available", NodeCondition.DISK, "ephemeral-storage"),
  IMAGE_INODES("imagefs.inodesFree", NodeCondition.DISK, "inodes"),
  PROCESSES("pid.available", NodeCondition.PROCESSES, "pids");

  private final String text;
  private final NodeCondition condition;
  private final String resource;

  Signal(String text, NodeCondition condition, String resource) {
    this.text = text;
    this.condition = condition;
    this.resource = resource;
  }

  static Optional<Signal> of(String text) {
    return Arrays.stream(values()).filter(s -> s.text.equals(text)).findFirst();
  }

  /** Its name in settings. */
  public String text() {
    return text;
  }

  NodeCondition condition() {
    return condition;
  }

  /** What the node is short of, as messages name it. */
  String resource() {
    return resource;
  }

  /** Whether it is about the file system of the images rather than that of pods' files. */
  boolean ofImages() {
    return this == IMAGE_DISK || this == IMAGE_INODES;
  }

  @Override
  public String toString() {
    return text;
  }
}
