package dev.argosy.store.etcd;

import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.StoreUnavailableException;
import io.etcd.jetcd.Client;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Calls etcd and waits, a limited time; turns its failures into those of the SPI. */
final class EtcdCalls {

  private final EtcdConnection connection;
  private final Duration timeout;

  EtcdCalls(EtcdConnection connection, Duration timeout) {
    this.connection = connection;
    this.timeout = timeout;
  }

  /**
   * @param revision what is asked for, to be named if it is compacted
   */
  <T> T call(long revision, Function<Client, CompletableFuture<T>> request) {
    Client client = connection.client();
    CompletableFuture<T> answer = start(client, request);
    try {
      T value = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      connection.succeeded();
      return value;
    } catch (ExecutionException e) {
      throw translate(client, revision, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      connection.failed(client);
      throw new StoreUnavailableException("etcd did not answer in " + timeout, e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for etcd", e);
    }
  }

  private <T> CompletableFuture<T> start(
      Client client, Function<Client, CompletableFuture<T>> request) {
    try {
      return request.apply(client);
    } catch (RuntimeException e) {
      throw translate(client, 0, e);
    }
  }

  private RuntimeException translate(Client client, long revision, Throwable cause) {
    if (isCompacted(cause)) {
      return new CompactedException(revision);
    }
    if (message(cause).contains("future revision")) {
      return new IllegalArgumentException("revision " + revision + " is in the future");
    }
    connection.failed(client);
    return new StoreUnavailableException("etcd: " + cause.getMessage(), cause);
  }

  static boolean isCompacted(Throwable cause) {
    return cause instanceof io.etcd.jetcd.common.exception.CompactedException
        || message(cause).contains("has been compacted");
  }

  static boolean isTooLarge(Throwable cause) {
    return message(cause).contains("request is too large");
  }

  static boolean isLeaseGone(Throwable cause) {
    return message(cause).contains("requested lease not found");
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }
}
