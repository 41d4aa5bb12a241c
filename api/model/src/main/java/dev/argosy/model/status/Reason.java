package dev.argosy.model.status;

/** Why a request failed, as {@code Status.reason}; each belongs to one HTTP code. */
public enum Reason {
  UNAUTHORIZED("Unauthorized", 401),
  FORBIDDEN("Forbidden", 403),
  NOT_FOUND("NotFound", 404),
  ALREADY_EXISTS("AlreadyExists", 409),
  CONFLICT("Conflict", 409),
  GONE("Gone", 410),
  EXPIRED("Expired", 410),
  INVALID("Invalid", 422),
  BAD_REQUEST("BadRequest", 400),
  METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
  NOT_ACCEPTABLE("NotAcceptable", 406),
  REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
  UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415),
  TOO_MANY_REQUESTS("TooManyRequests", 429),
  INTERNAL_ERROR("InternalError", 500),
  SERVER_TIMEOUT("ServerTimeout", 500),
  SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
  TIMEOUT("Timeout", 504),
  UNKNOWN("", 500);

  private final String text;
  private final int code;

  Reason(String text, int code) {
    this.text = text;
    this.code = code;
  }

  /** The word in {@code Status.reason}. */
  public String text() {
    return text;
  }

  /** The HTTP status code. */
  public int code() {
    return code;
  }

  /** The reason of that text; {@link #UNKNOWN} for words this version does not know. */
  public static Reason of(String text) {
    for (Reason reason : values()) {
      if (reason.text.equals(text)) {
        return reason;
      }
    }
    return UNKNOWN;
  }
}
