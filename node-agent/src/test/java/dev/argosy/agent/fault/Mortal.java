package dev.argosy.agent.fault;

import dev.argosy.agent.runtime.spi.ImageStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** The world as an agent sees it that may die: each effect passes its fault point. */
final class Mortal {

  private static final Set<String> EFFECTS =
      Set.of(
          "startSandbox",
          "stopSandbox",
          "removeSandbox",
          "createContainer",
          "startContainer",
          "stopContainer",
          "removeContainer",
          "limitContainer",
          "pull",
          "load",
          "remove",
          "create",
          "update",
          "patch",
          "delete",
          "attach",
          "publish",
          "release",
          "sweep",
          "enter",
          "leave");

  private Mortal() {}

  /** The same with fault points; what it hands out ({@code images()}) has them, too. */
  static <T> T of(Class<T> type, T real, FaultPoint point) {
    return type.cast(between(type, real, point));
  }

  private static Object between(Class<?> type, Object real, FaultPoint point) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> call(real, method, arguments, point));
  }

  private static Object call(Object real, Method method, Object[] arguments, FaultPoint point)
      throws Throwable {
    if (EFFECTS.contains(method.getName())) {
      point.pass();
    }
    try {
      Object answer = method.invoke(real, arguments);
      return method.getName().equals("images") ? between(ImageStore.class, answer, point) : answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
