package dev.argosy.server.cel.value;

/** A type as a value: what {@code type(x)} answers. */
public record TypeName(String name) {

  @Override
  public String toString() {
    return name;
  }
}
