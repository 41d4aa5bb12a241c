package dev.argosy.console;

import dev.argosy.console.login.LoginFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/** Prepares a servlet context for the console, before any servlet of it starts. */
public final class ConsoleStart {

  private ConsoleStart() {}

  /** Leaves the services where views find them, and puts the log-in before everything. */
  public static void prepare(ServletContext context, ConsoleServices services) {
    context.setAttribute(ConsoleServices.ATTRIBUTE, services);
    var filter = context.addFilter("login", new LoginFilter(services));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
  }
}
