package dev.argosy.server;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all test classes of a run the same thing, made for the first of them and closed after the
 * last.
 *
 * @param <T> what they ask for in their constructors
 */
abstract class SharedParameter<T extends AutoCloseable> implements ParameterResolver {

  private static final Namespace PLACE = Namespace.create(SharedParameter.class);

  private final Class<T> type;
  private final Callable<T> start;

  SharedParameter(Class<T> type, Callable<T> start) {
    this.type = type;
    this.start = start;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getRoot().getStore(PLACE).getOrComputeIfAbsent(type, ignored -> started(), type);
  }

  private T started() {
    try {
      return start.call();
    } catch (Exception e) {
      throw new IllegalStateException("the scene of the tests did not start", e);
    }
  }
}
