package dev.argosy.server.relay;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One request over one line, and its answer: {@link #ask}, then either {@link #answer} or {@link
 * #converse}. Closing it gives the line back if both sides are done, and ends it otherwise.
 */
public final class Exchange implements Closeable {

  private final Line line;
  private final RequestHead head;
  private final Upload upload;
  private @Nullable ReplyHead reply;
  private @Nullable ReplyBody body;
  private boolean handedOver;

  /** An exchange that owns the line, which is closed with it. */
  public Exchange(Line line, RequestHead head, Upload upload) {
    this.line = line;
    this.head = head;
    this.upload = upload;
  }

  /** What becomes of an answer: its head and its body are for the client's response. */
  @FunctionalInterface
  public interface Answering {
    void answer(ReplyHead head, ReplyBody body) throws IOException;
  }

  /**
   * Sends the request, and the body behind its back.
   *
   * @param most how many bytes the head of the answer may have
   * @throws IOException with the reason, if there is no answer
   */
  public ReplyHead ask(int most) throws IOException {
    try {
      line.output().write(head.bytes());
      line.output().flush();
      upload.start(line);
      ReplyHead read = ReplyHead.read(line.input(), most);
      if (read.switching()) {
        requireAsked(read);
      } else {
        body = ReplyBody.of(head.method(), read, line.input());
      }
      reply = read;
      return read;
    } catch (IOException e) {
      throw line.why(e);
    }
  }

  private void requireAsked(ReplyHead read) throws IOException {
    if (read.first("Upgrade").orElse("").isEmpty() || !head.says("Upgrade")) {
      throw new IOException("the server switched to a protocol that nobody asked for");
    }
  }

  /** Waits for the beginning of the answer's body, or for its end. */
  public void awaitBody() throws IOException {
    try {
      asked(body).await();
    } catch (IOException e) {
      throw line.why(e);
    }
  }

  /**
   * Passes the answer on. What was begun cannot be taken back: whoever receives it must see that it
   * is not whole.
   *
   * @throws dev.argosy.model.status.StatusException if the server breaks off
   */
  public void answer(HttpServletResponse response, Answering answering) throws IOException {
    try {
      answering.answer(asked(reply), asked(body));
    } catch (IOException e) {
      if (!asked(body).broken()) {
        throw e;
      }
      response.flushBuffer();
      throw RelayFailure.status(line.why(e));
    }
  }

  /** The head of the answer. */
  public ReplyHead reply() {
    return asked(reply);
  }

  /** Whether the server agreed to leave HTTP. */
  public boolean switching() {
    return asked(reply).switching();
  }

  /** Answers 101; from then on bytes pass both ways until either side ends. */
  public void converse(HttpServletRequest request, HttpServletResponse response) {
    handedOver = true;
    line.deadline().stop();
    Switched.begin(line, asked(reply).first("Upgrade").orElse(""), request, response);
  }

  private static <T> T asked(@Nullable T answered) {
    if (answered == null) {
      throw new IllegalStateException("nothing was asked yet, or it was answered otherwise");
    }
    return answered;
  }

  @Override
  public void close() {
    if (handedOver) {
      return;
    }
    if (reply != null && body != null && reply.lasting() && body.whole() && upload.done()) {
      line.spare();
    } else {
      line.close();
      upload.await();
    }
  }
}
