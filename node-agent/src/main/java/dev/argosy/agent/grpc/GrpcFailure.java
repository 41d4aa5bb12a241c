package dev.argosy.agent.grpc;

import io.grpc.Status;

/** A call that did not succeed. */
public final class GrpcFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Why.
   *
   * @see <a href="https://grpc.io/docs/guides/status-codes/">Status codes</a>
   */
  public enum Code {
    CANCELLED,
    UNKNOWN,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED
  }

  private final Code code;

  public GrpcFailure(Code code, String message) {
    super(message);
    this.code = code;
  }

  static GrpcFailure of(Status status) {
    String words = status.getDescription();
    Throwable cause = status.getCause();
    String more = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new GrpcFailure(
        Code.valueOf(status.getCode().name()),
        words == null ? status.getCode().name() + more : words + more);
  }

  public Code code() {
    return code;
  }
}
