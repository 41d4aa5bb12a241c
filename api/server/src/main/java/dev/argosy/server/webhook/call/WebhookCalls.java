package dev.argosy.server.webhook.call;

import dev.argosy.model.object.Json;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.dial.AddressDialer;
import dev.argosy.server.dial.ServiceDialer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Posts a review to a webhook and reads the review that comes back. */
public final class WebhookCalls {

  private final Lines lines;

  public WebhookCalls(ServiceDialer services, AddressDialer addresses) {
    this.lines = new Lines(services, addresses, new TrustedBundles());
  }

  /**
   * One call, over a connection of its own; redirects are not followed.
   *
   * @param cluster the logical cluster that wants it
   * @param clientConfig as webhooks and definitions have it: {@code url} or {@code service}, {@code
   *     caBundle}
   * @param timeout for all of it; the webhook is told, in the query {@code timeout}
   * @return what the webhook answered, which may be any object
   * @throws CallException if there is no answer in time, or none that is a JSON object
   */
  public ObjectNode call(String cluster, JsonNode clientConfig, ObjectNode review, Duration timeout)
      throws CallException {
    Deadline.current().check();
    CallTarget target = CallTarget.of(cluster, clientConfig);
    String query = "timeout=" + Math.max(1, timeout.toSeconds()) + "s";
    HttpsPost post =
        new HttpsPost(target, target.path() + "?" + query, Json.mapper().writeValueAsBytes(review));
    return answer(inTime(post, Deadline.current().atMost(timeout)));
  }

  private HttpReply inTime(HttpsPost post, Duration timeout) throws CallException {
    FutureTask<HttpReply> task = new FutureTask<>(() -> post.send(lines));
    Thread.ofVirtual().name("webhook-call").start(task);
    try {
      return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new CallException(post.shown() + ": context deadline exceeded");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(post.shown() + ": context canceled");
    } catch (ExecutionException e) {
      throw new CallException(post.shown() + ": " + FailureWords.of(e.getCause()));
    } finally {
      task.cancel(true);
      post.abandon();
    }
  }

  private static ObjectNode answer(HttpReply reply) throws CallException {
    if (reply.code() >= 300) {
      throw new CallException(FailureWords.ofCode(reply));
    }
    try {
      if (Json.mapper().readTree(reply.body()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      // told below
    }
    throw new CallException("couldn't get version/kind; json parse error: the answer is no object");
  }
}
