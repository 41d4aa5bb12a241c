package dev.argosy.controllers.disruption;

import java.util.Optional;

/**
 * How many pods the owners of some pods ask for.
 *
 * @param problem why that is not known; empty if it is
 */
record Scale(int expected, Optional<String> problem) {

  static Scale of(int expected) {
    return new Scale(expected, Optional.empty());
  }
}
