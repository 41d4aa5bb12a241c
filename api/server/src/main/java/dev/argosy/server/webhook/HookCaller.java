package dev.argosy.server.webhook;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.webhook.call.CallException;
import dev.argosy.server.webhook.call.WebhookCalls;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one webhook about one write. */
final class HookCaller {

  private static final Logger LOG = LoggerFactory.getLogger(HookCaller.class);

  private final WebhookCalls calls;
  private final boolean mutating;
  private final HookMetrics metrics;

  /**
   * @param mutating whether patches are looked at
   */
  HookCaller(WebhookCalls calls, boolean mutating, HookMetrics metrics) {
    this.metrics = metrics;
    this.calls = calls;
    this.mutating = mutating;
  }

  /**
   * Asks; may take as long as the webhook's time-out.
   *
   * @throws StatusException BadRequest if the write is dry and the webhook has side effects
   */
  Answer ask(Hook hook, Bodies bodies) {
    if (bodies.request().target().dryRun() && !hook.call().dryRunSafe()) {
      throw Status.badRequest("admission webhook \"" + hook.name() + "\" does not support dry run")
          .asException();
    }
    long begin = System.nanoTime();
    Answer answer = call(hook, bodies);
    metrics.asked(hook, mutating, bodies, answer, System.nanoTime() - begin);
    return answer;
  }

  private Answer call(Hook hook, Bodies bodies) {
    String uid = UUID.randomUUID().toString();
    try {
      return new AnswerReader(hook, uid, mutating)
          .read(
              calls.call(
                  bodies.request().target().cluster(),
                  hook.call().clientConfig(),
                  Reviews.of(hook.call().reviewVersion(), uid, bodies),
                  hook.call().timeout()));
    } catch (CallException e) {
      return new Answer.Unanswered("failed to call webhook: " + e.getMessage());
    }
  }

  /** What becomes of a write when a webhook gave no answer: nothing, or a refusal. */
  static void unanswered(Hook hook, Answer.Unanswered answer) {
    String message = "failed calling webhook \"" + hook.name() + "\": " + answer.why();
    if (!hook.failOpen()) {
      throw internal(message);
    }
    LOG.debug("{}, failing open", message);
  }

  static StatusException internal(String message) {
    return Status.of(Reason.INTERNAL_ERROR, "Internal error occurred: " + message).asException();
  }
}
