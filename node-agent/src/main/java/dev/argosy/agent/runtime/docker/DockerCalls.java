package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.model.object.Json;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** Turns docker-java's exceptions into failures of the SPI. */
final class DockerCalls {

  private DockerCalls() {}

  static <T> T call(Supplier<T> request) throws RuntimeFailure {
    try {
      return request.get();
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Does what may be done already: absence, and a state reached before, count as success. */
  static void callIdempotent(Runnable request) throws RuntimeFailure {
    try {
      request.run();
    } catch (NotFoundException | NotModifiedException e) {
      // as wanted
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  static RuntimeFailure failure(Throwable e) {
    return switch (e) {
      case NotFoundException _ -> new RuntimeFailure(Kind.NOT_FOUND, text(e));
      case ConflictException _ -> new RuntimeFailure(Kind.CONFLICT, text(e));
      case DockerException _ -> new RuntimeFailure(Kind.REFUSED, text(e));
      // what the client itself would not send: the engine was not asked
      case IllegalArgumentException _, NullPointerException _ ->
          new RuntimeFailure(Kind.REFUSED, "cannot be asked of the container engine: " + root(e));
      default -> new RuntimeFailure(Kind.UNAVAILABLE, "container engine: " + root(e));
    };
  }

  /** The engine's own sentence out of {@code Status 404: {"message":"…"}}. */
  static String text(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    int json = message.indexOf("{\"message\":");
    if (json < 0) {
      return message.strip();
    }
    try {
      return Json.mapper().readTree(message.substring(json)).path("message").asString("").strip();
    } catch (JacksonException notJson) {
      return message.strip();
    }
  }

  private static String root(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    String message = at.getMessage();
    return message == null ? at.getClass().getSimpleName() : message;
  }
}
