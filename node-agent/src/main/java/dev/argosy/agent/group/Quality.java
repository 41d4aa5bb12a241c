package dev.argosy.agent.group;

/** Quality of service; the name of the group below that of all pods, or none. */
enum Quality {
  GUARANTEED(""),
  BURSTABLE("burstable"),
  BEST_EFFORT("besteffort");

  private final String group;

  Quality(String group) {
    this.group = group;
  }

  String group() {
    return group;
  }
}
