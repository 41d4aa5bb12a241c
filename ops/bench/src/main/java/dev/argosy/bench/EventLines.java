package dev.argosy.bench;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Counts the lines of one watch as they come, without keeping them; a failure ends the count. */
final class EventLines implements BodySubscriber<Void> {

  /** Where {@code {"type":"ERROR"} differs from every other event. */
  private static final int TYPE = 9;

  private final int wanted;
  private final IntConsumer delivered;
  private final CountDownLatch done;
  private final CompletableFuture<Void> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private int seen;
  private int column;
  private boolean failed;

  /**
   * @param delivered told the number of each line, from 0
   * @param done counted down when all have come
   */
  EventLines(int wanted, IntConsumer delivered, CountDownLatch done) {
    this.wanted = wanted;
    this.delivered = delivered;
    this.done = done;
  }

  /**
   * @param open counted down when the answer has begun and is good
   */
  BodyHandler<Void> handler(CountDownLatch open) {
    return info -> {
      if (info.statusCode() == 200) {
        open.countDown();
      }
      return this;
    };
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        take(buffer.get());
      }
    }
  }

  private void take(byte b) {
    if (column == TYPE && b == 'E') {
      failed = true;
    }
    column++;
    if (b == '\n') {
      column = 0;
      if (!failed && seen < wanted) {
        delivered.accept(seen++);
        if (seen == wanted) {
          done.countDown();
        }
      }
    }
  }

  void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(null);
  }

  @Override
  public CompletionStage<Void> getBody() {
    return body;
  }
}
