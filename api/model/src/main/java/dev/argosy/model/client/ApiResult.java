package dev.argosy.model.client;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.util.Optional;
import java.util.function.Function;

/** What came of a request: the answer, or the refusal. Refusals are expected and no exceptions. */
public sealed interface ApiResult<T> {

  record Ok<T>(T value) implements ApiResult<T> {}

  record Refused<T>(Status status) implements ApiResult<T> {}

  static <T> ApiResult<T> ok(T value) {
    return new Ok<>(value);
  }

  static <T> ApiResult<T> refused(Status status) {
    return new Refused<>(status);
  }

  /** The answer; a refusal as {@link StatusException}. */
  default T orThrow() {
    return switch (this) {
      case Ok<T>(T value) -> value;
      case Refused<T>(Status status) -> throw new StatusException(status);
    };
  }

  /** The answer, or nothing if there is no such object; other refusals are thrown. */
  default Optional<T> orAbsent() {
    return switch (this) {
      case Ok<T>(T value) -> Optional.of(value);
      case Refused<T>(Status status) when status.reason() == Reason.NOT_FOUND -> Optional.empty();
      case Refused<T>(Status status) -> throw new StatusException(status);
    };
  }

  /** Whether it was refused for this reason. */
  default boolean refusedFor(Reason reason) {
    return this instanceof Refused<T>(Status status) && status.reason() == reason;
  }

  default <U> ApiResult<U> map(Function<? super T, ? extends U> change) {
    return switch (this) {
      case Ok<T>(T value) -> ok(change.apply(value));
      case Refused<T>(Status status) -> refused(status);
    };
  }
}
