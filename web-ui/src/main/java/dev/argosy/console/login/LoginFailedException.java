package dev.argosy.console.login;

/** The provider refused, or its answer does not hold. The message is fit for the user. */
final class LoginFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  LoginFailedException(String message) {
    super(message);
  }

  LoginFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
