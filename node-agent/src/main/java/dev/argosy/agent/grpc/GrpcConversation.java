package dev.argosy.agent.grpc;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import org.jspecify.annotations.Nullable;

/** A call under way, in both directions. One thread; {@link #close} may come from any. */
public final class GrpcConversation implements AutoCloseable {

  private final BlockingClientCall<byte[], byte[]> call;

  GrpcConversation(BlockingClientCall<byte[], byte[]> call) {
    this.call = call;
  }

  /** Sends a request; waits if the server takes no more now. */
  public void send(MessageBuilder request) throws GrpcFailure, InterruptedException {
    try {
      call.write(request.bytes());
    } catch (StatusException e) {
      throw GrpcFailure.of(e.getStatus());
    }
  }

  /** No more requests will come. */
  public void finish() {
    call.halfClose();
  }

  /** Waits for an answer; null at the end. */
  public @Nullable Message next() throws GrpcFailure, InterruptedException {
    try {
      byte[] answer = call.read();
      return answer == null ? null : Message.of(answer);
    } catch (StatusException e) {
      throw GrpcFailure.of(e.getStatus());
    } catch (IllegalArgumentException e) {
      throw GrpcFailure.of(Status.INTERNAL.withDescription("answers nonsense").withCause(e));
    }
  }

  /** Ends the call; who waits for an answer hears so. */
  @Override
  public void close() {
    call.cancel("no more is wanted", null);
  }
}
