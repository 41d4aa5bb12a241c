package dev.argosy.server.http;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty itself refuses (malformed requests, headers too large) is answered as a Status too.
 */
final class StatusErrors extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int code = response.getStatus();
    Object said = request.getAttribute(ERROR_MESSAGE);
    String message = said == null ? "malformed request" : said.toString();
    Status status =
        new Status(
            reason(code),
            code,
            message,
            new dev.argosy.model.kind.GroupResource("", ""),
            "",
            List.of(),
            0);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    if (code >= 400 && code < 500 && beforeHttp2(request)) {
      // Jetty ends the connection after what it could not parse, and does not say so by itself
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    boolean bare = HttpMethod.HEAD.is(request.getMethod());
    byte[] body = bare ? new byte[0] : Json.mapper().writeValueAsBytes(status.toJson());
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static boolean beforeHttp2(Request request) {
    return request.getConnectionMetaData().getHttpVersion().getVersion()
        < HttpVersion.HTTP_2.getVersion();
  }

  private static Reason reason(int code) {
    return switch (code) {
      case 400, 431, 414 -> Reason.BAD_REQUEST;
      case 404 -> Reason.NOT_FOUND;
      case 405 -> Reason.METHOD_NOT_ALLOWED;
      case 413 -> Reason.REQUEST_ENTITY_TOO_LARGE;
      case 503 -> Reason.SERVICE_UNAVAILABLE;
      default -> Reason.UNKNOWN;
    };
  }
}
