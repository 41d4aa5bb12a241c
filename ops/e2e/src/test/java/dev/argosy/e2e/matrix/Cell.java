package dev.argosy.e2e.matrix;

/** One field of the matrix. */
record Cell(String part, String operation, String client, String version) {

  String line() {
    return String.join("\t", part, operation, client, version);
  }

  @Override
  public String toString() {
    return operation + " · " + client + " " + version;
  }
}
