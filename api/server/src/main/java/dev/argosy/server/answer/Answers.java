package dev.argosy.server.answer;

import dev.argosy.model.status.Status;
import dev.argosy.server.deadline.Deadline;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** Sends whole answers. */
public final class Answers {

  private Answers() {}

  /** Something that writes a body. */
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A body of any length, compressed if that pays and the client takes it.
   *
   * @param expected about how many bytes it has
   * @return how many it had, before compression
   */
  public static long send(Recipient to, int code, Format format, int expected, Body body)
      throws IOException {
    to.response().setStatus(code);
    to.response().setContentType(format.encoding().mediaType());
    return Deadline.current()
        .io(() -> {
          try (AnswerStream out = new AnswerStream(to, expected)) {
            body.writeTo(out);
            return out.finish();
          }
        });
  }

  /** A small document, as text. */
  public static void document(
      HttpServletResponse response, int code, Format format, ObjectNode document)
      throws IOException {
    bytes(response, code, format.encoding().mediaType(), encoded(format, document));
  }

  /** The same document as bytes, to be kept. */
  public static byte[] encoded(Format format, ObjectNode document) {
    return TextDocument.encode(document, format);
  }

  public static void text(HttpServletResponse response, int code, String text) throws IOException {
    bytes(response, code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static void bytes(HttpServletResponse response, int code, String type, byte[] body)
      throws IOException {
    response.setStatus(code);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.getOutputStream().close();
  }

  /** A refusal, in the form that the client accepts if there is one, else in JSON. */
  public static void refusal(
      Status status, Format format, AnswerForms forms, HttpServletResponse response)
      throws IOException {
    if (status.retryAfterSeconds() > 0) {
      response.setHeader("Retry-After", Integer.toString(status.retryAfterSeconds()));
    }
    byte[] body = forms.document(status.toJson(), format);
    bytes(response, status.code(), format.encoding().mediaType(), body);
  }
}
