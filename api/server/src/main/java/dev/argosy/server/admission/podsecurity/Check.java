package dev.argosy.server.admission.podsecurity;

import java.util.Optional;

/** One rule of the standards. Pure. */
interface Check {

  /**
   * What is wrong, if anything.
   *
   * @param minor the version of the standards
   */
  Optional<Violation> of(PodToCheck pod, int minor);
}
