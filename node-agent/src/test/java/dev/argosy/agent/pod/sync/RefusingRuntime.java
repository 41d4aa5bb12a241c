package dev.argosy.agent.pod.sync;

import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A runtime that can be told to fail at calls of its own. */
final class RefusingRuntime {

  private final ContainerRuntime runtime;
  private final Map<String, Exception> failures = new ConcurrentHashMap<>();

  RefusingRuntime(ContainerRuntime of) {
    this.runtime = between(ContainerRuntime.class, of);
  }

  private <T> T between(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call(real, method, arguments)));
  }

  private Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
    String name = method.getName();
    String first = arguments == null ? "" : " " + arguments[0];
    for (String call : List.of(name, name + first)) {
      @Nullable Exception failure = failures.get(call);
      if (failure != null) {
        throw failure;
      }
    }
    try {
      Object answer = method.invoke(real, arguments);
      return answer instanceof ImageStore images ? between(ImageStore.class, images) : answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  ContainerRuntime runtime() {
    return runtime;
  }

  /**
   * Lets a call fail until it is allowed again.
   *
   * @param call a method's name; with what its first argument is, if that matters
   */
  void refuse(String call, RuntimeFailure.Kind kind, String message) {
    failures.put(call, new RuntimeFailure(kind, message));
  }

  /** Lets a call fail in a way that nobody foresaw. */
  void surprise(String call, RuntimeException surprise) {
    failures.put(call, surprise);
  }

  void allow() {
    failures.clear();
  }
}
