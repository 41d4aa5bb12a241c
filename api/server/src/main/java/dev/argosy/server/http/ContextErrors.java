package dev.argosy.server.http;

import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The servlet context's errors, answered as the server's. */
final class ContextErrors extends ErrorPageErrorHandler {

  private final StatusErrors statuses = new StatusErrors();

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    return statuses.handle(request, response, callback);
  }
}
