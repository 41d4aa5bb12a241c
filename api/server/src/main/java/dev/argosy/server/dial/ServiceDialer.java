package dev.argosy.server.dial;

/** Connects to services of logical clusters. */
public interface ServiceDialer {

  /**
   * One connection to one of the service's ready endpoints.
   *
   * @throws DialException if there is no such service or port, or nothing behind it
   */
  Connection dial(ServicePort target) throws DialException;

  /** Reaches nothing: for servers without nodes. */
  static ServiceDialer none() {
    return target -> {
      throw new DialException("services cannot be reached from this server");
    };
  }
}
