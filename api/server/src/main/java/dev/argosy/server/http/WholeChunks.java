package dev.argosy.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Sends the end of each chunk with it. Jetty sends it with the next chunk, and clients that wait
 * for it (urllib3, hence Kubernetes' Python client) would hear of each event of a watch, and each
 * line of a log, when the next one comes. Belongs to one connection; one thread at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, 7.1</a>
 */
final class WholeChunks extends HttpGenerator {

  private static final byte[] END = {'\r', '\n'};

  private @Nullable ByteBuffer room;
  private boolean ended;

  /** A copy that has room for the end of a chunk behind it; what is given counts as read. */
  ByteBuffer withRoom(ByteBuffer content) {
    int length = content.remaining();
    ByteBuffer copy = ByteBuffer.allocate(length + END.length).put(content).put(END).flip();
    room = copy.limit(length);
    return copy;
  }

  @Override
  public Result generateResponse(
      MetaData.@Nullable Response info,
      boolean head,
      @Nullable ByteBuffer header,
      @Nullable ByteBuffer chunk,
      @Nullable ByteBuffer content,
      boolean last)
      throws IOException {
    Result result = super.generateResponse(info, head, header, chunk, content, last);
    if (result == Result.FLUSH) {
      if (ended && chunk != null && chunk.hasRemaining()) {
        chunk.position(chunk.position() + END.length);
        ended = false;
      }
      if (content != null && content == room && content.hasRemaining()) {
        room = null;
        end(content, head);
      }
    }
    return result;
  }

  private void end(ByteBuffer content, boolean head) {
    if (isChunking() && !head && !isNoContent()) {
      content.limit(content.capacity());
      ended = true;
    }
  }

  @Override
  public void reset() {
    room = null;
    ended = false;
    super.reset();
  }
}
